package org.mephisto.benchmark;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/** How the processes of a benchmark use Vert.x: alike, so that none is at an advantage. */
final class EventLoops {
    private static final int SECONDS_TO_WAIT = 60;

    private EventLoops() {}

    /** Server and load generator share the machine: half of its processors each. */
    static int count() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    /** With native sockets where there are any, and {@link #count} event loops. */
    static Vertx create() {
        return Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(count()));
    }

    /** {@link #await(Future, double)} for what should be done at once. */
    static <T> T await(Future<T> future) throws InterruptedException {
        return await(future, 0);
    }

    /**
     * Waits, on a thread that is not an event loop.
     *
     * @param seconds how long the work is meant to take
     * @throws MephistoException with the future's failure, or when it takes a minute longer than it is meant to
     */
    static <T> T await(Future<T> future, double seconds) throws InterruptedException {
        long limit = (long) seconds + SECONDS_TO_WAIT;
        try {
            return future.toCompletionStage().toCompletableFuture().get(limit, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MephistoException known) {
                throw known;
            }
            throw new MephistoException(ErrorCode.UNAVAILABLE, String.valueOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw new MephistoException(ErrorCode.TIMED_OUT, "No answer within " + limit + " s.", e);
        }
    }
}
