/**
 * The conversation itself: who sits at the table, whose turn it is, what each page is told, and what happens when somebody leaves or a bot
 * fails; and what a worker is asked before their first one. A {@link org.mephisto.blueprint.chat.talk.Conversation} is confined to the
 * thread of its assignment; that of {@link org.mephisto.blueprint.chat.talk.Hearing} has virtual threads, which only put what they hear into
 * its queue.
 */
@NullMarked
package org.mephisto.blueprint.chat.talk;

import org.jspecify.annotations.NullMarked;
