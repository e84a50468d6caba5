package org.mephisto.supervisor.pool;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Wakes those whose time is up. A virtual thread that waits with a time limit sets a timer of its own and takes it back, and the thread that
 * keeps these timers wakes up for each: that was a fifth of what a live update costs. So the code's waits have none, and an {@link Inbox}
 * keeps one alarm here for many of them. Thread-safe; its one thread is there as long as an alarm is set.
 */
final class Alarms {
    private static final int IDLE_SECONDS = 5;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("alarms").daemon().factory());

    Alarms() {
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
    }

    /** @param ring must return soon, as others wait for it */
    Future<?> set(long nanos, Runnable ring) {
        return timer.schedule(ring, nanos, TimeUnit.NANOSECONDS);
    }
}
