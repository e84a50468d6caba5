/**
 * The journal of live updates: what pages and blueprint code say to each other is in a file before the other side sees it, so that a
 * process that is killed loses none of it. One {@link org.mephisto.journal.UpdateJournal} per task run, written by event loops and
 * blueprint code alike; its files go to the runs that follow ({@link org.mephisto.journal.SpareSegments}).
 */
@NullMarked
package org.mephisto.journal;

import org.jspecify.annotations.NullMarked;
