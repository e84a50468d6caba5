package org.mephisto.store.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs all work that writes, on one thread and one connection. An fsync costs far more than the few statements of a piece of work, so
 * everything that is waiting when a transaction begins, and what arrives while it runs, goes into that one transaction, is made durable
 * by one fsync, and only then answered. Where the engine leaves the fsync to us, {@link Forcer} does it while the next group runs; that
 * group grows until the fsync is nearly done, so that the next one can follow at once.
 *
 * <p>Sharing a transaction must not mean sharing failures. When a piece of work fails, the transaction is rolled back, those before it are
 * run again as a group (they worked; should that fail too, each runs alone) and committed, and the one that failed runs alone, now upon
 * their committed results: only if it fails again does its caller see it. So each failure costs one extra commit and no work runs more
 * than three times.
 *
 * <p>A connection that is lost before the commit is treated likewise: nothing was stored, a new connection is made, everything runs again.
 * Lost during the commit, nobody knows; running again might do it twice, so these callers get {@code STORE_FAILED} with that said.
 *
 * <p>{@link #start}, {@link #isOwnThread} and {@link #close} are for other threads; everything else belongs to the writer's.
 */
final class GroupWriter {
    private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);
    /** A group ends after this many or this long, so that the first in it does not wait for all that keep coming. */
    private static final int GROUP_LIMIT = 512;

    private static final long GROUP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /**
     * A group waits for more while it is smaller than this part of the usual one. All those in one group would have the processor idle while they
     * are brought to the disk; so some are there, some in the group that forms, and some on their way.
     */
    private static final int PART = 3;

    /** How long such a group waits for the next to come. */
    private static final long LINGER_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** What a commit takes is known by the last few; each new one counts for an eighth. */
    private static final int MEMORY = 8;

    private final Consumer<Session> afterCommit;
    private final WorkQueue queue;
    private final Forcer forcer;
    private final WriterConnection connection;
    private final Thread thread =
            Thread.ofPlatform().name("store-writer").daemon().unstarted(this::run);
    private final List<Job<?>> group = new ArrayList<>();
    private int usualGroup;
    private long lastJobNanos;
    private long usualCommitNanos;

    /**
     * @param queue closed by {@link #close}
     * @param session a connection ready for use; closed at the end
     * @param grants told of every transaction
     * @param commitLog mostly {@link Dialect#commitLog}
     * @param afterCommit called on the writer's thread after every commit
     */
    GroupWriter(
            WorkQueue queue,
            Session session,
            GrantChanges grants,
            Function<Session, Optional<CommitLog>> commitLog,
            Consumer<Session> afterCommit) {
        this.queue = queue;
        this.forcer = new Forcer(queue::nudge);
        this.afterCommit = afterCommit;
        // Waiting for the connect time-out once is enough for all.
        this.connection = new WriterConnection(session, grants, forcer, commitLog, queue::failAll);
    }

    void start() {
        thread.start();
    }

    /** Whether the caller is inside a piece of work, or called by a future's completion. */
    boolean isOwnThread() {
        return Thread.currentThread() == thread;
    }

    /** Waits until all that a transaction could have seen by now is on the disk. */
    void awaitDurable() {
        forcer.awaitSettled();
    }

    /** Finishes all that was queued before, then closes the connection. */
    void close() {
        queue.close();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (Job<?> first = queue.take(); first != null; first = queue.take()) {
                runGroup(first);
            }
        } finally {
            queue.end();
            connection.close();
            forcer.close();
        }
    }

    private void runGroup(Job<?> first) {
        group.clear();
        group.add(first);
        try {
            connection.begin();
        } catch (RuntimeException e) {
            connection.close();
            // Nothing has run yet, so a connection that died while nothing was asked of it costs nobody their work.
            alone(first);
            return;
        }
        long deadline = System.nanoTime() + GROUP_NANOS;
        Job<?> job = first;
        while (true) {
            if (job.attempt(connection.transaction(), connection.session()) != null) {
                connection.rollback();
                recover();
                return;
            }
            lastJobNanos = System.nanoTime();
            if (group.size() == GROUP_LIMIT || System.nanoTime() > deadline) {
                break;
            }
            Job<?> next = queue.takeWithin(this::patience);
            if (next == null) {
                break;
            }
            job = next;
            group.add(job);
        }
        if (commit(group)) {
            return;
        }
        connection.rollback();
        List.copyOf(group).forEach(this::alone);
    }

    /**
     * How long the group may go on growing: while an earlier one is brought to the disk, and while those who were answered together come back
     * one after the other, lest each costs an fsync. Who is alone never waits.
     */
    private long patience() {
        long linger = group.size() < usualGroup / PART ? lastJobNanos + LINGER_NANOS - System.nanoTime() : 0;
        return Math.max(linger, forcer.patience(usualCommitNanos));
    }

    /** After a rollback: the last of the group failed, those before it did not. */
    private void recover() {
        List<Job<?>> before = List.copyOf(group.subList(0, group.size() - 1));
        Job<?> failed = group.getLast();
        if (!before.isEmpty() && !together(before)) {
            before.forEach(this::alone);
        }
        alone(failed);
    }

    private boolean together(List<Job<?>> jobs) {
        try {
            connection.begin();
        } catch (RuntimeException e) {
            connection.close();
            return false;
        }
        for (Job<?> job : jobs) {
            if (job.attempt(connection.transaction(), connection.session()) != null) {
                connection.rollback();
                return false;
            }
        }
        if (commit(jobs)) {
            return true;
        }
        connection.rollback();
        return false;
    }

    /** The job in a transaction of its own; once more when the connection was lost meanwhile. */
    private void alone(Job<?> job) {
        if (job.isDone()) {
            return;
        }
        for (int attempt = 1; ; attempt++) {
            Throwable failure;
            try {
                connection.begin();
                failure = job.attempt(connection.transaction(), connection.session());
                if (failure == null) {
                    if (commit(List.of(job))) {
                        return;
                    }
                    failure = new MephistoException(
                            ErrorCode.STORE_FAILED,
                            "The database could not commit. " + connection.describeFailure() + " Nothing was stored.");
                }
            } catch (RuntimeException e) {
                failure = e;
            }
            boolean lost = connection.isLost();
            connection.rollback();
            if (!lost || attempt == 2) {
                job.completeExceptionally(failure);
                return;
            }
        }
    }

    /** @return false when nothing was stored and the jobs are not answered yet */
    private boolean commit(List<Job<?>> jobs) {
        forcer.committing();
        long start = System.nanoTime();
        try {
            connection.commit();
        } catch (RuntimeException e) {
            forcer.committed(List.of());
            if (!connection.isLost()) {
                return false;
            }
            connection.close();
            jobs.forEach(job -> job.completeExceptionally(new MephistoException(
                    ErrorCode.STORE_FAILED,
                    "The connection to the database was lost during a commit: what was to be stored may be there or not. Look before trying again.",
                    e)));
            return true;
        }
        usualCommitNanos += (System.nanoTime() - start - usualCommitNanos) / MEMORY;
        usualGroup = Math.max(jobs.size(), usualGroup - (usualGroup + MEMORY - 1) / MEMORY);
        forcer.committed(jobs);
        try {
            afterCommit.accept(connection.session());
        } catch (RuntimeException e) {
            LOG.warn("Something that follows a commit failed; the commit stands.", e);
        }
        return true;
    }
}
