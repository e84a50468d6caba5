/**
 * Bots that take part in a chat: what they are asked, what they answer, and the two ways to reach one, an HTTP endpoint of one's own or any
 * OpenAI-compatible one. The conversation calls them on virtual threads; a call blocks.
 */
@NullMarked
package org.mephisto.blueprint.chat.bot;

import org.jspecify.annotations.NullMarked;
