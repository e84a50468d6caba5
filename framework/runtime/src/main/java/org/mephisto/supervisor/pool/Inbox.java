package org.mephisto.supervisor.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.blueprint.LiveUpdate;

/** What passes between a page and blueprint code, and where that code waits. Thread-safe; calls nothing outside under its lock. */
final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<LiveUpdate> waiting = new PriorityQueue<>(Comparator.comparing(LiveUpdate::sentAt));
    private final Set<String> seen = new HashSet<>();
    private final List<LiveUpdate> all = new ArrayList<>();

    /** Takes an update in, unless one with its id was there before; says whether it did. */
    boolean add(LiveUpdate update) {
        lock.lock();
        try {
            if (!seen.add(update.updateId())) {
                return false;
            }
            all.add(update);
            if (update.fromWorker()) {
                waiting.add(update);
                changed.signalAll();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The earliest update of the worker's that nobody has taken. */
    Optional<LiveUpdate> poll() {
        lock.lock();
        try {
            return Optional.ofNullable(waiting.poll());
        } finally {
            lock.unlock();
        }
    }

    /** All updates so far, both ways. */
    List<LiveUpdate> list() {
        lock.lock();
        try {
            return List.copyOf(all);
        } finally {
            lock.unlock();
        }
    }

    /** Has those who wait look again. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there is something.
     *
     * @param look looks for it, under the lock, at every change; may throw to end the wait
     * @param nanos how long at most
     * @return empty when the time was up first
     */
    <T> Optional<T> await(Supplier<@Nullable T> look, long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (true) {
                Optional<T> found = Optional.ofNullable(look.get());
                if (found.isPresent() || left <= 0) {
                    return found;
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
