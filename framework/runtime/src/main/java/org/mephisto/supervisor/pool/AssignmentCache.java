package org.mephisto.supervisor.pool;

import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.store.Store;

/**
 * The data of the assignments that are being handed out. Units go out mostly in the order in which they were made, so a look at one reads
 * those behind it too: one query for many registrations. Two pages are kept, each of about {@link #PAGE_CHARACTERS}. Thread-safe.
 */
final class AssignmentCache {
    private static final int PAGE_CHARACTERS = 1 << 20;
    private static final int MOST = 256;

    private final Store store;
    private final long taskRunId;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Map<Long, AssignmentData> current = Map.of();
    private volatile Map<Long, AssignmentData> previous = Map.of();
    private int size = 16;

    AssignmentCache(Store store, long taskRunId) {
        this.store = store;
        this.taskRunId = taskRunId;
    }

    /** The assignment's data. May block. */
    AssignmentData get(long assignmentId) {
        AssignmentData known = find(assignmentId);
        if (known != null) {
            return known;
        }
        reading.lock();
        try {
            known = find(assignmentId);
            return known == null ? read(assignmentId) : known;
        } finally {
            reading.unlock();
        }
    }

    private @Nullable AssignmentData find(long assignmentId) {
        AssignmentData known = current.get(assignmentId);
        return known == null ? previous.get(assignmentId) : known;
    }

    private AssignmentData read(long assignmentId) {
        int limit = size;
        Map<Long, AssignmentData> page =
                store.read(tx -> tx.assignments().listFrom(taskRunId, assignmentId, limit, PAGE_CHARACTERS));
        AssignmentData wanted = page.get(assignmentId);
        if (wanted == null) {
            return store.read(tx -> tx.assignments().data(assignmentId));
        }
        previous = current;
        current = page;
        size = Math.min(MOST, 2 * limit);
        return wanted;
    }
}
