package org.mephisto.supervisor.pool;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mephisto.journal.BriefLock;
import org.mephisto.spi.blueprint.LiveUpdate;

/**
 * What passes between a page and blueprint code, and where that code waits. Thread-safe. Whatever passes is in the {@link UpdateLog}
 * before the other side sees it. What is sent to the page goes out under the lock, so that it goes in order; that only appends to a queue.
 *
 * <p>Bounded: a page that is {@link #MUCH} ahead of the code is held back, and beyond {@link #MOST} its updates are not taken. Duplicates are
 * known by their ids ({@link RecentIds}).
 */
final class Inbox {
    /** Untaken updates from which on the page is held back, and from which on no longer. */
    static final int MUCH = 256;

    static final int LITTLE = 64;
    /** Untaken updates from which on no more are taken. */
    static final int MOST = 2048;

    private final BriefLock lock = new BriefLock();
    private final Condition changed = lock.newCondition();
    private final WaitingUpdates waiting = new WaitingUpdates();
    private final RecentIds seen = new RecentIds();
    private final UpdateLog log;
    private final Page page;
    private final Alarms alarms;
    private @Nullable Future<?> alarm;
    private long alarmNanos;
    private @Nullable Runnable whenChanged;
    private int toRepeat;
    private boolean holding;
    private boolean newsIsDue;

    Inbox(UpdateLog log, Page page, Alarms alarms) {
        this.log = log;
        this.page = page;
        this.alarms = alarms;
    }

    /** The page on the other side. Called under the inbox's lock, so that all goes in order; it must return at once. */
    interface Page {
        void send(LiveUpdate update);

        /** Holds the page back, or lets it go on. */
        void hold(boolean hold);
    }

    /** What becomes of an update that a page has sent. */
    enum Arrival {
        TAKEN,
        /** Taken, and the first that those who wait have not been told of: {@link #tellNews} must follow. */
        NEWS,
        /** One with its id was there before. */
        REPEATED,
        /** Too many wait. */
        REFUSED
    }

    /**
     * Begins where an earlier process left off: the code will see again what the page had sent, and what it says again to the page as
     * often as it had said something is not sent.
     */
    void replay() {
        lock.lock();
        try {
            for (LiveUpdate update : log.all()) {
                seen.add(IdHash.of(update.updateId()));
                if (update.fromWorker()) {
                    waiting.add(update);
                } else {
                    toRepeat++;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes in what the page has sent; who waits for it is not told yet, as more may follow at once. */
    Arrival receive(LiveUpdate update) {
        long id = IdHash.of(update.updateId());
        lock.lock();
        try {
            if (seen.contains(id)) {
                return Arrival.REPEATED;
            }
            if (waiting.size() >= MOST) {
                return Arrival.REFUSED;
            }
            log.append(update);
            seen.add(id);
            waiting.add(update);
            if (waiting.size() >= MUCH && !holding) {
                holding = true;
                page.hold(true);
            }
            if (newsIsDue) {
                return Arrival.TAKEN;
            }
            newsIsDue = true;
            return Arrival.NEWS;
        } finally {
            lock.unlock();
        }
    }

    /** Has those who wait look for what has come since they were told last. */
    void tellNews() {
        lock.lock();
        try {
            newsIsDue = false;
            signal();
        } finally {
            lock.unlock();
        }
    }

    /** Has a page that has come back, perhaps to a router that does not know, held back or not, as it should be. */
    void holdAgain() {
        lock.lock();
        try {
            page.hold(holding);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends an update to the page, unless one with its id has passed before or the code repeats what an earlier process had sent.
     *
     * @param chosenByCode whether the update's id is the code's own, which may come twice
     */
    void send(LiveUpdate update, boolean chosenByCode) {
        lock.lock();
        try {
            if (toRepeat > 0) {
                toRepeat--;
                return;
            }
            if (chosenByCode) {
                long id = IdHash.of(update.updateId());
                if (seen.contains(id)) {
                    return;
                }
                seen.add(id);
            }
            log.append(update);
            page.send(update);
        } finally {
            lock.unlock();
        }
    }

    /** The earliest update of the worker's that nobody has taken. */
    Optional<LiveUpdate> poll() {
        lock.lock();
        try {
            LiveUpdate first = waiting.poll();
            if (holding && waiting.size() <= LITTLE) {
                holding = false;
                page.hold(false);
            }
            return Optional.ofNullable(first);
        } finally {
            lock.unlock();
        }
    }

    /** The update that {@link #poll} would take. */
    Optional<LiveUpdate> peek() {
        lock.lock();
        try {
            return Optional.ofNullable(waiting.peek());
        } finally {
            lock.unlock();
        }
    }

    /** Does something, during which nothing passes. */
    <T> T withLog(Function<UpdateLog, T> what) {
        lock.lock();
        try {
            return what.apply(log);
        } finally {
            lock.unlock();
        }
    }

    /** All updates so far, both ways. */
    List<LiveUpdate> list() {
        return withLog(UpdateLog::all);
    }

    /** Has those who wait look again, as the agent's status has changed. */
    void wake() {
        lock.lock();
        try {
            // Whoever goes on waiting sets it again; nobody may be there to do so any more.
            cancelAlarm();
            signal();
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        changed.signalAll();
        Runnable told = whenChanged;
        if (told != null) {
            told.run();
        }
    }

    /** Calls back at every change, until another is set; null for nobody. The call must return at once. */
    void whenChanged(@Nullable Runnable told) {
        lock.lock();
        try {
            whenChanged = told;
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
        long deadline = System.nanoTime() + nanos;
        lock.lockInterruptibly();
        try {
            while (true) {
                Optional<T> found = Optional.ofNullable(look.get());
                long left = deadline - System.nanoTime();
                if (found.isPresent() || left <= 0) {
                    return found;
                }
                setAlarm(deadline, left);
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Those who wait one after the other, each for a time, need no new alarm before the first has rung. */
    private void setAlarm(long deadline, long left) {
        if (alarm == null || deadline - alarmNanos < 0) {
            cancelAlarm();
            alarmNanos = deadline;
            alarm = alarms.set(left, this::ring);
        }
    }

    private void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }

    private void ring() {
        lock.lock();
        try {
            alarm = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
