/**
 * The threads of blueprint code, and how they share a processor with the event loops.
 *
 * <p>To wake another thread for a live update, and that the event loop again for its answer, takes longer than what both do for it. So an
 * event loop is a virtual thread itself ({@link org.mephisto.threads.EventLoopThread}): when it has handed updates over it makes way, the
 * code that waited for them runs on the same platform thread, and then the event loop goes on with the answers. When there is much to do,
 * code runs beside it as well, on threads of its own ({@link
 * org.mephisto.threads.Beside}). So do the virtual threads that an event loop or code starts.
 *
 * <p>Nobody can hold the event loop up by that. Code comes to its thread only while its turns are quick ({@link
 * org.mephisto.threads.Pace}); and code that then does not give it back is left alone with the platform thread, while the event loop
 * goes on with another. Where code that computes without end keeps all threads beside it, there are new ones for the other. {@link
 * org.mephisto.threads.ThreadWatch} sees to both.
 *
 * <p>Virtual threads with a scheduler of one's own are not in the JDK's public interface yet ({@link
 * org.mephisto.threads.OwnScheduler}). In a JVM that does not open it, code runs on plain virtual threads: all is the same but slower, and
 * code that computes without end can hold up other code.
 */
@NullMarked
package org.mephisto.threads;

import org.jspecify.annotations.NullMarked;
