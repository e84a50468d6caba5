package org.mephisto.config.hooks;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Calls the methods of one object of a run's hooks, until it is closed. Thread-safe; whoever calls waits for the answer, at most for the
 * time-out.
 *
 * <p>Each call has a platform thread: a hook that computes without end would keep a virtual one's carrier, of which there are as many as
 * processors, and so stop everybody. There are only so many calls at once; the time in which one waits for its turn counts.
 */
public final class HookCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HookCalls.class);
    private static final int MOST_AT_ONCE = 200;
    private static final Duration MOST_FOR_CLOSING = Duration.ofSeconds(10);

    private final Object hooks;
    private final Semaphore turns = new Semaphore(MOST_AT_ONCE);
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("hook-", 0).daemon().factory());

    /** @param hooks the object whose methods are called */
    public HookCalls(Object hooks) {
        this.hooks = hooks;
    }

    /**
     * Calls the method and waits for what it returns.
     *
     * @param values what the function is given; the method gets those that it takes
     * @throws MephistoException the method's own, {@code TIMED_OUT} when it takes too long, {@code PLUGIN_FAILED} when it throws anything
     *     else
     */
    public @Nullable Object call(HookMethod method, Duration timeout, Map<HookSignature.Given, Object> values) {
        long end = System.nanoTime() + timeout.toNanos();
        try {
            FutureTask<@Nullable Object> call = task(method, arguments(method, values));
            if (!turns.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw tooLong(method, timeout, "waited for " + MOST_AT_ONCE + " other calls");
            }
            start(call);
            return await(call, method, timeout, end);
        } catch (RejectedExecutionException e) {
            throw new MephistoException(
                    ErrorCode.UNAVAILABLE, "The method " + method.name() + " was not called: the run has ended.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MephistoException(ErrorCode.UNAVAILABLE, "Waiting for " + method.name() + " was ended.", e);
        }
    }

    /** The turn ends when the method returns, which may be long after it was given up. */
    private void start(FutureTask<@Nullable Object> call) {
        try {
            threads.execute(() -> {
                try {
                    call.run();
                } finally {
                    turns.release();
                }
            });
        } catch (RuntimeException | Error e) { // of which the latter says that there can be no more threads
            turns.release();
            throw e;
        }
    }

    private @Nullable Object await(FutureTask<@Nullable Object> call, HookMethod method, Duration timeout, long end)
            throws InterruptedException {
        try {
            return call.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            call.cancel(true);
            throw tooLong(method, timeout, "has not returned");
        } catch (InterruptedException e) {
            call.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MephistoException own) {
                throw own;
            }
            LOG.warn("The method {} failed.", method.name(), e.getCause());
            throw new MephistoException(
                    ErrorCode.PLUGIN_FAILED, "The method " + method.name() + " failed: " + e.getCause(), e.getCause());
        }
    }

    private static MephistoException tooLong(HookMethod method, Duration timeout, String how) {
        LOG.warn(
                "The method {} {} within {} ms; only its own worker feels it. Its \"timeout\" may allow it more seconds.",
                method.name(),
                how,
                timeout.toMillis());
        return new MephistoException(
                ErrorCode.TIMED_OUT,
                "The method " + method.name() + " took longer than " + timeout.toMillis()
                        + " ms. Make it answer sooner, or give it more \"timeout\" in mephisto.shared_state.");
    }

    private FutureTask<@Nullable Object> task(HookMethod method, Object[] arguments) {
        Map<String, String> run = MDC.getCopyOfContextMap();
        return new FutureTask<>(() -> {
            if (run != null) {
                MDC.setContextMap(run);
            }
            try {
                return method.method().invoke(hooks, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause() instanceof Exception failure
                        ? failure
                        : new IllegalStateException(String.valueOf(e.getCause()), e.getCause());
            } finally {
                MDC.clear();
            }
        });
    }

    private static Object[] arguments(HookMethod method, Map<HookSignature.Given, Object> values) {
        Class<?>[] wanted = method.method().getParameterTypes();
        List<HookSignature.Given> taken = method.taken();
        Object[] arguments = new Object[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            arguments[i] = HookSignature.Given.as(wanted[i], Objects.requireNonNull(values.get(taken.get(i))));
        }
        return arguments;
    }

    /**
     * Lets the object free what it holds, where it is {@link AutoCloseable}, and interrupts methods that are still running. Waits a little
     * for the former; what goes wrong is logged. Calls that come later are refused.
     */
    @Override
    public void close() {
        FutureTask<Boolean> ending = new FutureTask<>(() -> {
            if (hooks instanceof AutoCloseable closeable) {
                closeable.close();
            }
            return true;
        });
        try {
            threads.execute(ending);
            threads.shutdown();
            ending.get(MOST_FOR_CLOSING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // closed before
        } catch (TimeoutException e) {
            LOG.warn(
                    "The method close of {} has not returned within {} s; the run ends without it.",
                    hooks.getClass().getName(),
                    MOST_FOR_CLOSING.toSeconds());
        } catch (ExecutionException e) {
            LOG.warn("The method close of {} failed.", hooks.getClass().getName(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }
}
