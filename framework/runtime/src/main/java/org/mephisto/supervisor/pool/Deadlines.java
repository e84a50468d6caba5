package org.mephisto.supervisor.pool;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mephisto.logging.Logging;

/**
 * Ends agents whose time is over: a queue by deadline with one virtual thread waiting at its head does for any number, without a timer for
 * each. Thread-safe.
 */
final class Deadlines {
    private static final int LEAST_TO_SWEEP = 1024;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<PageAgent> queue = new PriorityQueue<>(Comparator.comparingLong(PageAgent::deadline));
    private int sizeToSweep = LEAST_TO_SWEEP;
    private boolean closed;

    Deadlines(InstantSource clock) {
        this.clock = clock;
    }

    void start(long taskRunId) {
        Thread.ofVirtual().name("deadlines-" + taskRunId).start(() -> {
            Logging.enterRun(taskRunId);
            watch();
        });
    }

    void add(PageAgent agent) {
        lock.lock();
        try {
            queue.add(agent);
            if (queue.size() >= sizeToSweep) {
                // Those that have ended need not be kept until their time; each is looked at a few times at most.
                queue.removeIf(each -> each.status().isComplete());
                sizeToSweep = Math.max(LEAST_TO_SWEEP, 2 * queue.size());
            }
            if (queue.peek() == agent) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        try {
            for (PageAgent due = next(); due != null; due = next()) {
                due.timeOut();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the next agent whose time is over; null when closed. */
    private @Nullable PageAgent next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                PageAgent head = queue.peek();
                if (head == null) {
                    changed.await();
                } else if (head.status().isComplete()) {
                    queue.remove();
                } else if (head.deadline() <= clock.millis()) {
                    return queue.remove();
                } else {
                    changed.awaitNanos(TimeUnit.MILLISECONDS.toNanos(head.deadline() - clock.millis()));
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }
}
