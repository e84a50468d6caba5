/**
 * Forms within the chat: the questions that people answer in place of words, and the one rule by which forms of the options, of the
 * onboarding and of bots are held good. Immutable values, used on any thread.
 */
@NullMarked
package org.mephisto.blueprint.chat.form;

import org.jspecify.annotations.NullMarked;
