package org.mephisto.supervisor.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.mephisto.journal.UpdateJournal;
import org.mephisto.spi.blueprint.LiveUpdate;

/** What has passed between one page and the code, in order. Guarded by the {@link Inbox} it belongs to. */
sealed interface UpdateLog {
    /** @throws org.mephisto.spi.error.MephistoException when it cannot be kept; it is as if it had never come then */
    void append(LiveUpdate update);

    /** All of them; in memory only the latest ones. */
    List<LiveUpdate> all();

    /** Those since the page was last given all. */
    List<LiveUpdate> sinceMark();

    /** The page is being given all now. */
    void mark();

    boolean isEmpty();

    /** Kept in the run's journal; all that stays in memory is where. */
    final class Journaled implements UpdateLog {
        private final UpdateJournal journal;
        private final long agentId;
        private long last;
        private long mark = UpdateJournal.NONE;

        /** @param last where an earlier process has left off, or {@link UpdateJournal#NONE} */
        Journaled(UpdateJournal journal, long agentId, long last) {
            this.journal = journal;
            this.agentId = agentId;
            this.last = last;
        }

        @Override
        public void append(LiveUpdate update) {
            last = journal.append(agentId, last, update);
        }

        @Override
        public List<LiveUpdate> all() {
            return journal.read(last, UpdateJournal.NONE);
        }

        @Override
        public List<LiveUpdate> sinceMark() {
            return journal.read(last, mark);
        }

        @Override
        public void mark() {
            mark = last;
        }

        @Override
        public boolean isEmpty() {
            return last == UpdateJournal.NONE;
        }
    }

    /** Kept in memory, no more than the latest {@link #MOST}. */
    final class InMemory implements UpdateLog {
        static final int MOST = 4096;

        private final ArrayDeque<LiveUpdate> updates = new ArrayDeque<>();
        private int unmarked;

        @Override
        public void append(LiveUpdate update) {
            if (updates.size() == MOST) {
                updates.removeFirst();
            }
            updates.addLast(update);
            unmarked = Math.min(MOST, unmarked + 1);
        }

        @Override
        public List<LiveUpdate> all() {
            return List.copyOf(updates);
        }

        @Override
        public List<LiveUpdate> sinceMark() {
            List<LiveUpdate> every = new ArrayList<>(updates);
            return every.subList(every.size() - unmarked, every.size());
        }

        @Override
        public void mark() {
            unmarked = 0;
        }

        @Override
        public boolean isEmpty() {
            return updates.isEmpty();
        }
    }
}
