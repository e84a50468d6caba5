package org.mephisto.blueprint.remoteprocedure;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A function within its limits. Thread-safe. A call runs on a virtual thread of its own and holds its place there until the function has
 * really ended: one that goes on after its time-out, heedless of the interrupt, cannot pile up, it makes later calls wait. A call that fails
 * in passing keeps its place and is made again, after a pause that doubles each time.
 */
final class LimitedFunction {
    private static final Logger LOG = LoggerFactory.getLogger(LimitedFunction.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final String name;
    private final Callee callee;
    private final Duration timeLimit;
    private final int maxWaiting;
    private final int retries;
    private final Semaphore places;
    private final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    LimitedFunction(String name, Callee callee, FunctionConfig config) {
        this.name = name;
        this.callee = callee;
        this.timeLimit = config.timeLimit();
        this.maxWaiting = config.maxWaiting();
        this.retries = config.retries();
        this.places = new Semaphore(config.concurrency(), true);
    }

    void start() {
        callee.start();
    }

    /** Calls under way end with what the callee makes of it; none is made again. */
    void close() {
        closed.countDown();
        callee.close();
    }

    /**
     * Waits for a place and then for the result, both within the time limit.
     *
     * @throws MephistoException whose code and message the page is told
     */
    JsonValue call(FunctionCall call) throws InterruptedException {
        AtomicBoolean begun = new AtomicBoolean();
        FutureTask<JsonValue> task = new FutureTask<>(() -> inItsPlace(call, begun));
        RunLog.start("function-" + name, task);
        try {
            return task.get(timeLimit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw begun.get() ? timedOut() : busy();
        } catch (ExecutionException e) {
            throw asTold(e.getCause());
        } finally {
            task.cancel(true);
        }
    }

    private JsonValue inItsPlace(FunctionCall call, AtomicBoolean begun) throws Exception {
        awaitPlace();
        try {
            begun.set(true);
            return callAndRetry(call);
        } finally {
            places.release();
        }
    }

    private JsonValue callAndRetry(FunctionCall call) throws Exception {
        Duration pause = FIRST_PAUSE;
        for (int left = retries; ; left--) {
            try {
                return callee.call(call);
            } catch (PassingFailure e) {
                if (left <= 0) {
                    LOG.warn("The function {} has failed: {}", name, e.reason());
                    throw e;
                }
                LOG.debug("The function {} has failed and is called again: {}", name, e.reason());
            }
            if (closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                throw FunctionErrors.unavailable(name, "has stopped working");
            }
            pause = pause.multipliedBy(2);
        }
    }

    private void awaitPlace() throws InterruptedException {
        if (places.tryAcquire(0, TimeUnit.SECONDS)) {
            return;
        }
        try {
            if (waiting.incrementAndGet() > maxWaiting) {
                throw busy();
            }
            places.acquire();
        } finally {
            waiting.decrementAndGet();
        }
    }

    private MephistoException asTold(@Nullable Throwable failure) {
        if (failure instanceof MephistoException told) {
            LOG.debug("The function {} says: {}", name, told.getMessage());
            return told;
        }
        LOG.warn("The function {} has failed; the page is told so.", name, failure);
        return FunctionErrors.failed(name);
    }

    private MephistoException busy() {
        LOG.warn("The function {} is busy; a call is refused. See its concurrency, max_waiting and timeout.", name);
        return FunctionErrors.unavailable(name, "is busy");
    }

    private MephistoException timedOut() {
        LOG.warn(
                "The function {} has not answered within {} ms. See its timeout under mephisto.blueprint.functions.",
                name,
                timeLimit.toMillis());
        return new MephistoException(
                ErrorCode.TIMED_OUT,
                "The function \"" + name + "\" has not answered within " + timeLimit.toMillis() / 1000.0 + " s.");
    }
}
