package org.mephisto.supervisor.pool;

import java.util.List;
import org.mephisto.journal.UpdateJournal;
import org.mephisto.spi.blueprint.LiveUpdate;

/**
 * What has passed between one page and the code, in order. It is in the run's journal; all that stays here is where. Guarded by the {@link
 * Inbox} it belongs to.
 */
final class UpdateLog {
    private static final int PORTION_BYTES = 1 << 20;

    private final UpdateJournal journal;
    private final long agentId;
    private long last;
    private long mark = UpdateJournal.NONE;

    /** @param agentId names the agent in the journal, where it may have left off in an earlier process */
    UpdateLog(UpdateJournal journal, long agentId) {
        this.journal = journal;
        this.agentId = agentId;
        this.last = journal.found().getOrDefault(agentId, UpdateJournal.NONE);
    }

    /** @throws org.mephisto.spi.error.MephistoException when it cannot be kept; it is as if it had never come then */
    void append(LiveUpdate update) {
        last = journal.append(agentId, last, update);
    }

    /** All of them. */
    List<LiveUpdate> all() {
        return journal.read(last, UpdateJournal.NONE);
    }

    /** Those since the page was last given all, and behind this position: the earliest of them, when they are many. */
    UpdateJournal.Portion next(long after) {
        return journal.readSome(last, Math.max(mark, after), PORTION_BYTES);
    }

    /** The page is being given all now. */
    void mark() {
        mark = last;
    }
}
