/**
 * The journal of live updates: what pages and blueprint code say to each other is in a file before the other side sees it, so that a
 * process that is killed loses none of it. One {@link org.mephisto.journal.UpdateJournal} per task run, written by event loops and
 * blueprint code alike.
 */
@NullMarked
package org.mephisto.journal;

import org.jspecify.annotations.NullMarked;
