package org.mephisto.store.sql;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.store.Store.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that waits for the writer, in order; bounded. Putting in and {@link #close} are thread-safe, taking out is the writer's. */
final class WorkQueue {
    private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);
    /** More than this blocks or is refused. */
    private static final int CAPACITY = 4096;
    /** In nanoseconds: what is less takes longer to sleep than to wait for. */
    private static final long SHORTEST_WAIT = 30_000;

    private final Semaphore places = new Semaphore(CAPACITY);
    private final BlockingQueue<Job<?>> queue = new LinkedBlockingQueue<>();
    private final Job<Boolean> end = new Job<>(tx -> true);
    private final Job<Boolean> nudge = new Job<>(tx -> true);
    private volatile boolean closed;
    private volatile boolean ended;

    /** Blocks until there is a place. */
    <T> CompletableFuture<T> put(Work<T> work) {
        places.acquireUninterruptibly();
        return add(new Job<>(work));
    }

    /** Does not block; the future of work that finds no place has failed with {@code UNAVAILABLE}. */
    <T> CompletableFuture<T> offer(Work<T> work) {
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(new MephistoException(
                    ErrorCode.UNAVAILABLE,
                    "The store is behind by \"" + CAPACITY + "\" transactions. Try again in a moment."));
        }
        return add(new Job<>(work));
    }

    private <T> CompletableFuture<T> add(Job<T> job) {
        if (closed) {
            places.release();
            return CompletableFuture.failedFuture(closedFailure());
        }
        queue.add(job);
        if (ended) {
            failAll(closedFailure());
        }
        return job;
    }

    /** Refuses what comes from now on; what is in can still be taken. */
    void close() {
        closed = true;
        queue.add(end);
    }

    /** Waits for the next job; null when the queue is closed and nothing is left. */
    @Nullable
    Job<?> take() {
        while (true) {
            try {
                Job<?> job = queue.take();
                if (job != nudge) {
                    return job == end ? null : placed(job);
                }
            } catch (InterruptedException e) {
                LOG.debug("Nobody ends the writer by interrupting it; it goes on.");
            }
        }
    }

    /**
     * Waits for the next job, so long at most; asks how long again whenever {@link #nudge} is called. Null when it does not come or the queue is
     * closed.
     */
    @Nullable
    Job<?> takeWithin(LongSupplier nanos) {
        Job<?> job = poll();
        while (job == null) {
            long left = nanos.getAsLong();
            if (left < SHORTEST_WAIT) {
                return null;
            }
            try {
                Job<?> next = queue.poll(left, TimeUnit.NANOSECONDS);
                if (next == end) {
                    queue.add(end); // take() is to see it.
                    return null;
                }
                job = next == null || next == nudge ? poll() : placed(next);
            } catch (InterruptedException e) {
                LOG.debug("Nobody ends the writer by interrupting it; it goes on.");
            }
        }
        return job;
    }

    /** Lets the writer ask again how long {@link #takeWithin} waits. */
    void nudge() {
        queue.add(nudge);
    }

    /** How many jobs wait now. */
    int size() {
        return queue.size();
    }

    /** The next job, if one waits. */
    @Nullable
    Job<?> poll() {
        Job<?> job = queue.poll();
        while (job == nudge) {
            job = queue.poll();
        }
        if (job == null) {
            return null;
        }
        if (job == end) {
            queue.add(end); // take() is to see it.
            return null;
        }
        return placed(job);
    }

    private Job<?> placed(Job<?> job) {
        places.release();
        return job;
    }

    /** Fails all that waits. */
    void failAll(MephistoException failure) {
        for (Job<?> job = poll(); job != null; job = poll()) {
            job.completeExceptionally(failure);
        }
    }

    /** Says that nobody will take any more: what slipped in behind {@link #close} is failed. */
    void end() {
        ended = true;
        queue.removeIf(job -> job == end || job == nudge);
        failAll(closedFailure());
    }

    static MephistoException closedFailure() {
        return new MephistoException(
                ErrorCode.UNAVAILABLE, "The store is closed: Mephisto is shutting down. Try again when it is back.");
    }
}
