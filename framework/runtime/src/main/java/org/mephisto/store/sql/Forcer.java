package org.mephisto.store.sql;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings to the disk what the writer has committed, on a thread of its own, so that the writer can run the next group meanwhile; and only
 * then answers the callers. An answer follows a force that began after the caller's commit: no other counts.
 *
 * <p>A reader sees a commit before it is on the disk, and must not tell anybody; {@link #awaitSettled} waits for that.
 *
 * <p>Once a force has failed, nobody knows what the disk has, so from then on nothing is answered with success. Thread-safe; the methods
 * that say so are the writer's alone.
 */
final class Forcer {
    private static final Logger LOG = LoggerFactory.getLogger(Forcer.class);

    /** What a force takes is known by the last few; each new one counts for an eighth. */
    private static final int MEMORY = 8;

    private final Runnable whenChanged;
    private final Thread thread =
            Thread.ofPlatform().name("store-forcer").daemon().unstarted(this::run);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition handedOver = lock.newCondition();
    private final Condition settling = lock.newCondition();
    private @Nullable CommitLog log;
    private List<Job<?>> jobs = new ArrayList<>();
    private boolean closed;
    /** Commits that have begun, were handed over, and are on the disk or have failed; none is ever ahead of the one before it. */
    private volatile long begun;

    private long handed;
    private long commits;
    private volatile long settled;
    /** The last commit that the running force brings to the disk; that of the last force while none runs. */
    private volatile long forcing;

    private volatile long expectedEnd;
    private long usualNanos;
    private volatile @Nullable MephistoException broken;

    /** @param whenChanged called whenever {@link #patience} may have become less; must be quick */
    Forcer(Runnable whenChanged) {
        this.whenChanged = whenChanged;
    }

    /** The writer's: forces this log from now on. */
    void use(CommitLog next) {
        lock.lock();
        try {
            log = next;
        } finally {
            lock.unlock();
        }
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    /** The writer's: whether a log is used. */
    boolean isInUse() {
        return log != null;
    }

    /**
     * The writer's: how long a group may go on growing, in nanoseconds, because its commit could not be forced any sooner. 0 when it should be
     * committed at once.
     *
     * @param commitNanos how long a commit takes, which is best done just before the running force ends
     */
    long patience(long commitNanos) {
        if (settled == begun) {
            return 0;
        }
        boolean isNext = forcing == begun && settled != forcing;
        return isNext ? Math.max(0, expectedEnd - commitNanos - System.nanoTime()) : Long.MAX_VALUE;
    }

    /** @throws MephistoException when a force has failed before */
    void requireSound() {
        MephistoException failure = broken;
        if (failure != null) {
            throw failure;
        }
    }

    /** The writer's: a commit is about to be tried; {@link #committed} follows. Without a log, commits are durable and this only answers. */
    void committing() {
        if (isInUse()) {
            commits++;
            begun = commits;
        }
    }

    /** The writer's: the commit was done, for these; for nobody when it failed. */
    void committed(List<Job<?>> callers) {
        if (!isInUse()) {
            callers.forEach(Job::succeed);
            return;
        }
        lock.lock();
        try {
            jobs.addAll(callers);
            handed = commits;
            handedOver.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all that a transaction could have seen by now is on the disk. */
    void awaitSettled() {
        long seen = begun;
        if (settled >= seen) {
            requireSound();
            return;
        }
        lock.lock();
        try {
            while (settled < seen) {
                settling.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        requireSound();
    }

    private void run() {
        while (true) {
            List<Job<?>> answered;
            CommitLog current;
            long last;
            lock.lock();
            try {
                while (handed == settled) {
                    if (closed) {
                        return;
                    }
                    handedOver.awaitUninterruptibly();
                }
                answered = jobs;
                jobs = new ArrayList<>();
                last = handed;
                current = Objects.requireNonNull(log);
            } finally {
                lock.unlock();
            }
            long start = System.nanoTime();
            expectedEnd = start + usualNanos;
            forcing = last;
            whenChanged.run();
            MephistoException failure = force(current);
            usualNanos += (System.nanoTime() - start - usualNanos) / MEMORY;
            settle(last);
            whenChanged.run();
            answer(answered, failure);
        }
    }

    /** On a thread of its own: who is answered mostly goes on at once, and the next force need not wait for that. */
    private static void answer(List<Job<?>> jobs, @Nullable MephistoException failure) {
        if (jobs.isEmpty()) {
            return;
        }
        Thread.ofVirtual().name("store-answers").start(() -> {
            for (Job<?> job : jobs) {
                if (failure == null) {
                    job.succeed();
                } else {
                    job.completeExceptionally(failure);
                }
            }
        });
    }

    private @Nullable MephistoException force(CommitLog current) {
        if (broken == null) {
            try {
                current.force();
            } catch (IOException | RuntimeException e) {
                LOG.error(
                        "The disk failed to keep what was written to it. Nothing more is stored until Mephisto is started again.",
                        e);
                broken = new MephistoException(
                        ErrorCode.STORE_FAILED,
                        "The disk failed to keep what was stored last: it may be there or not. Look into the system's log, then start Mephisto again; it stores nothing until then.",
                        e);
            }
        }
        return broken;
    }

    private void settle(long last) {
        lock.lock();
        try {
            settled = last;
            settling.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The writer's: waits for what was handed over, then lets go of the log, before its connection is closed. */
    void release() {
        CommitLog current = log;
        if (current == null) {
            return;
        }
        lock.lock();
        try {
            while (settled < handed) {
                settling.awaitUninterruptibly();
            }
            log = null;
        } finally {
            lock.unlock();
        }
        current.close();
    }

    /** The writer's: ends the thread once everybody is answered. */
    void close() {
        lock.lock();
        try {
            closed = true;
            handedOver.signal();
        } finally {
            lock.unlock();
        }
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
}
