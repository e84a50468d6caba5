package org.mephisto.supervisor.pool;

import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data of the assignments that are being handed out. Units go out mostly in the order in which they were made, so a look at one reads
 * those behind it too: one query for many registrations. The page behind the one in use is read beforehand, as everybody would wait for it.
 * Three pages are kept, each of about {@link #PAGE_CHARACTERS}. Thread-safe.
 */
final class AssignmentCache {
    private static final int PAGE_CHARACTERS = 1 << 20;
    private static final int MOST = 256;
    private static final Page NOTHING = new Page(Map.of(), 0);
    private static final Logger LOG = LoggerFactory.getLogger(AssignmentCache.class);

    private final Store store;
    private final long taskRunId;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Pages pages = new Pages(NOTHING, NOTHING, NOTHING);
    private int size = 16;

    AssignmentCache(Store store, long taskRunId) {
        this.store = store;
        this.taskRunId = taskRunId;
    }

    /** @param last the highest of the ids; 0 when there is none */
    private record Page(Map<Long, AssignmentData> data, long last) {
        @Nullable
        AssignmentData find(long id) {
            return data.get(id);
        }
    }

    /** @param next read beforehand; becomes the current one when it is first used */
    private record Pages(Page previous, Page current, Page next) {}

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
        Pages all = pages;
        AssignmentData known = all.current.find(assignmentId);
        if (known == null) {
            known = all.previous.find(assignmentId);
        }
        if (known == null) {
            known = all.next.find(assignmentId);
            if (known != null && reading.tryLock()) {
                try {
                    turn(all);
                } finally {
                    reading.unlock();
                }
            }
        }
        return known;
    }

    /** The next page has come into use. */
    @SuppressWarnings("ReferenceEquality") // these very pages, not such as hold the same
    private void turn(Pages known) {
        if (pages == known) {
            pages = new Pages(/* previous= */ known.current, /* current= */ known.next, NOTHING);
            readAhead(known.next);
        }
    }

    private AssignmentData read(long assignmentId) {
        Page page = page(assignmentId);
        AssignmentData wanted = page.find(assignmentId);
        if (wanted == null) {
            return store.read(tx -> tx.assignments().data(assignmentId));
        }
        pages = new Pages(pages.current, page, NOTHING);
        readAhead(page);
        return wanted;
    }

    private Page page(long firstId) {
        int limit = size;
        size = Math.min(MOST, 2 * limit);
        Map<Long, AssignmentData> data =
                store.read(tx -> tx.assignments().listFrom(taskRunId, firstId, limit, PAGE_CHARACTERS));
        return new Page(data, data.keySet().stream().mapToLong(id -> id).max().orElse(0));
    }

    @SuppressWarnings("ReferenceEquality") // this very page
    private void readAhead(Page current) {
        Thread.ofVirtual().name("assignments-" + taskRunId).start(() -> {
            reading.lock();
            try {
                if (pages.current == current) {
                    pages = new Pages(pages.previous, current, page(current.last + 1));
                }
            } catch (MephistoException e) {
                LOG.debug("The next assignments cannot be read beforehand; whoever needs them will try again.", e);
            } finally {
                reading.unlock();
            }
        });
    }
}
