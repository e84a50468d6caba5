package org.mephisto.router;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mephisto.spi.architect.RunningRouter;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.packet.Channel;

/** A router that listens. Thread-safe; its blocking methods may not be called from an event loop. */
public final class RouterServer implements RunningRouter {
    private static final int PATIENCE_SECONDS = 30;

    private final Vertx vertx;
    private final RouterVerticle verticle;
    private final String deployment;
    private final URI url;
    private final AtomicBoolean closed = new AtomicBoolean();

    private RouterServer(Vertx vertx, RouterVerticle verticle, String deployment, URI url) {
        this.vertx = vertx;
        this.verticle = verticle;
        this.deployment = deployment;
        this.url = url;
    }

    /**
     * Starts a router. Blocks until it listens.
     *
     * @param vertx the caller's; closing the router leaves it open
     * @throws MephistoException {@link ErrorCode#PORT_IN_USE} when it cannot listen there, {@link ErrorCode#FILE_UNUSABLE} when a folder
     *     cannot be used
     */
    public static RouterServer start(Vertx vertx, RouterOptions options) {
        Context current = Vertx.currentContext();
        if (current != null && current.isEventLoopContext() && !Context.isOnWorkerThread()) {
            throw new MephistoException(
                    ErrorCode.INTERNAL,
                    "A router was started from an event loop; start it from a thread that may block.");
        }
        RouterVerticle verticle = new RouterVerticle(vertx, options);
        String deployment;
        try {
            deployment = await(vertx.deployVerticle(verticle));
        } catch (ExecutionException e) {
            throw RouterVerticle.notStarted(options, e.getCause() == null ? e : e.getCause());
        }
        return new RouterServer(vertx, verticle, deployment, RouterVerticle.url(options.hostname(), verticle.port()));
    }

    private static <T> T await(io.vertx.core.Future<T> future) throws ExecutionException {
        Future<T> waited = future.toCompletionStage().toCompletableFuture();
        try {
            return waited.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MephistoException(ErrorCode.UNAVAILABLE, "Waiting for the router was interrupted.", e);
        } catch (TimeoutException e) {
            throw new MephistoException(
                    ErrorCode.TIMED_OUT,
                    "The router took longer than " + PATIENCE_SECONDS + " s. Please try again.",
                    e);
        }
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public Channel channel() {
        return verticle.channel();
    }

    @Override
    public void downloadFile(String filename, Path target) throws IOException {
        Files.copy(verticle.uploads().find(filename), target);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            await(vertx.undeploy(deployment));
        } catch (ExecutionException e) {
            throw new MephistoException(
                    ErrorCode.INTERNAL, "The router at \"" + url + "\" did not close: " + e.getMessage(), e);
        }
    }
}
