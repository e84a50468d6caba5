package org.mephisto.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs turns of blueprint code beside the event loops, on a pool with a platform thread for each processor. Code that computes without end
 * keeps one of them; when code keeps them all, the pool is left to it, and a new one goes on. Thread-safe; {@link #look} is for one thread.
 */
final class Beside implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Beside.class);

    private volatile Pool pool = new Pool();

    @Override
    public void execute(Runnable turn) {
        boolean isTaken = false;
        while (!isTaken) {
            Pool current = pool;
            try {
                current.execute(() -> Pool.run(turn));
                isTaken = true;
            } catch (RejectedExecutionException e) {
                if (current == pool) {
                    throw e;
                }
            }
        }
    }

    /**
     * Makes a new pool when the same turns have kept all threads of this one since the last look and others wait.
     *
     * @return whether a turn has begun since the last look
     */
    boolean look() {
        Pool current = pool;
        boolean hasBegun = current.hasBegunTurns();
        if (!hasBegun && current.isKept()) {
            LOG.debug("Blueprint code keeps {} threads; all other goes on with new ones.", current.getParallelism());
            pool = new Pool();
            current.leaveTo(pool);
        }
        return hasBegun;
    }

    private static final class Pool extends ForkJoinPool {
        private final LongAdder begun = new LongAdder();
        private final LongAdder ended = new LongAdder();
        /** At the last look. */
        private long begunBefore;

        Pool() {
            super(Runtime.getRuntime().availableProcessors(), Pool::newThread, null, true);
        }

        private static ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            ForkJoinWorkerThread thread = defaultForkJoinWorkerThreadFactory.newThread(pool);
            thread.setName("code-carrier-" + thread.getPoolIndex());
            return thread;
        }

        /** On a thread of a pool, which need not be the one that was asked. */
        static void run(Runnable turn) {
            Pool host = (Pool) Objects.requireNonNull(ForkJoinTask.getPool());
            host.begun.increment();
            try {
                turn.run();
            } finally {
                host.ended.increment();
            }
        }

        boolean hasBegunTurns() {
            long now = begun.sum();
            boolean more = now != begunBefore;
            begunBefore = now;
            return more;
        }

        boolean isKept() {
            long running = begun.sum() - ended.sum();
            return running >= getParallelism() && (hasQueuedSubmissions() || getQueuedTaskCount() > 0);
        }

        /** Takes no more, and hands on what has not begun. */
        void leaveTo(Pool next) {
            shutdown();
            List<ForkJoinTask<?>> waiting = new ArrayList<>();
            drainTasksTo(waiting);
            waiting.forEach(next::execute);
        }
    }
}
