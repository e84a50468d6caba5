package org.mephisto.store.sql;

import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what stands in SQLite's write-ahead log into the database file. Left to the writer's commits this stops everybody for tens of
 * milliseconds; so a thread and a connection of its own copy and fsync the bulk while the writer goes on, and only the pages that were
 * written meanwhile are left to the writer, which then begins the log anew from the start instead of letting it grow.
 *
 * <p>{@link #afterCommit} belongs to the writer's thread.
 */
final class Checkpointer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
    /** Pages of 4 KiB; the log is about this long before each checkpoint. */
    private static final long LOG_PAGES = 8_000;

    private static final int COMMITS_BETWEEN_LOOKS = 16;
    private static final String LOOK = "PRAGMA wal_checkpoint(NOOP)";
    private static final String COPY = "PRAGMA wal_checkpoint(PASSIVE)";

    private final Dialect dialect;
    private final Thread thread =
            Thread.ofPlatform().name("store-checkpointer").daemon().unstarted(this::run);
    private volatile State state = State.IDLE;
    private volatile boolean closed;
    private int commits;
    private long nextAt = LOG_PAGES;

    Checkpointer(Dialect dialect) {
        this.dialect = dialect;
    }

    void start() {
        thread.start();
    }

    /** Looks now and then how long the log is. */
    void afterCommit(Session writer) {
        if (state == State.COPIED) {
            // A reader with an old view keeps the log from beginning anew; then it is tried again when as much has been
            // added.
            nextAt = pages(writer, COPY) + LOG_PAGES;
            state = State.IDLE;
        } else if (state == State.IDLE && ++commits % COMMITS_BETWEEN_LOOKS == 0) {
            long pages = pages(writer, LOOK);
            if (pages < LOG_PAGES) {
                nextAt = LOG_PAGES;
            } else if (pages >= nextAt) {
                state = State.COPYING;
                LockSupport.unpark(thread);
            }
        }
    }

    /** @return how many pages are in the log */
    private static long pages(Session session, String checkpoint) {
        return session.find(checkpoint, row -> row.getLong(2)).orElse(0L);
    }

    private void run() {
        try (Session session = new Session(dialect.connect(), dialect)) {
            while (!closed) {
                if (state == State.COPYING) {
                    session.ownedBy(thread);
                    pages(session, COPY);
                    state = State.COPIED;
                } else {
                    LockSupport.park(this);
                }
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warn("Checkpoints of {} have stopped; its log grows until the next start.", dialect.name(), e);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private enum State {
        IDLE,
        COPYING,
        COPIED
    }
}
