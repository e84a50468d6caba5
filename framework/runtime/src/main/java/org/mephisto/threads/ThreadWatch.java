package org.mephisto.threads;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Looks now and then whether blueprint code keeps a platform thread that others need. */
final class ThreadWatch implements Runnable {
    /** A turn of code that two looks have seen is too long where others wait. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private static final Duration WHEN_IDLE = Duration.ofMillis(100);

    private final List<EventLoopThread> loops;
    private final Beside beside;

    /** @param loops a list for use by several threads; those that have ended are taken out */
    ThreadWatch(List<EventLoopThread> loops, Beside beside) {
        this.loops = loops;
        this.beside = beside;
    }

    @Override
    public void run() {
        while (!Thread.interrupted()) {
            loops.removeIf(EventLoopThread::hasEnded);
            boolean hasMoved = beside.look();
            for (EventLoopThread loop : loops) {
                hasMoved |= loop.look();
            }
            LockSupport.parkNanos((hasMoved ? BETWEEN_LOOKS : WHEN_IDLE).toNanos());
        }
    }
}
