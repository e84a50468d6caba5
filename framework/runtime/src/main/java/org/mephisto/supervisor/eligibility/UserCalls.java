package org.mephisto.supervisor.eligibility;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.mephisto.logging.Logging;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls users' functions, each on a virtual thread of its own that is interrupted and left behind when it takes too long. Thread-safe.
 *
 * @param most how long a call may take
 */
public record UserCalls(long taskRunId, Duration most) {
    private static final Logger LOG = LoggerFactory.getLogger(UserCalls.class);

    /**
     * Calls the function and waits for its answer.
     *
     * @param name of the function, for the log
     * @throws MephistoException the function's own, {@code TIMED_OUT} when it takes too long, {@code PLUGIN_FAILED} when it throws anything
     *     else
     */
    public <T> T call(String name, Supplier<T> function) {
        return call(name, most, function);
    }

    /** {@link #call(String, Supplier)} within a time that may be shorter. */
    public <T> T call(String name, Duration timeout, Supplier<T> function) {
        Duration allowed = timeout.compareTo(most) < 0 ? timeout : most;
        FutureTask<T> call = new FutureTask<>(() -> {
            Logging.enterRun(taskRunId);
            return function.get();
        });
        Thread.ofVirtual().name(name).start(call);
        try {
            return call.get(Math.max(0, allowed.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            call.cancel(true);
            LOG.warn("The function {} was given up after {} ms.", name, allowed.toMillis());
            throw new MephistoException(
                    ErrorCode.TIMED_OUT,
                    "The function " + name + " took longer than " + allowed.toMillis()
                            + " ms. Make it answer sooner, or allow it more time.",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MephistoException own) {
                throw own;
            }
            LOG.warn("The function {} failed.", name, e.getCause());
            throw new MephistoException(
                    ErrorCode.PLUGIN_FAILED,
                    "The function " + name + " failed: " + e.getCause() + ". The log says where.",
                    e.getCause());
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new MephistoException(ErrorCode.UNAVAILABLE, "Waiting for the function " + name + " was ended.", e);
        }
    }
}
