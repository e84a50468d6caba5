package org.mephisto.boot;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import org.mephisto.router.RouterOptions;
import org.mephisto.router.RouterServer;

/** A router alone in its process, whose system side is elsewhere. Thread-safe. */
public final class StandaloneRouter implements AutoCloseable {
    private final Vertx vertx;
    private final RouterServer router;

    private StandaloneRouter(Vertx vertx, RouterServer router) {
        this.vertx = vertx;
        this.router = router;
    }

    /**
     * Starts it. Blocks until it listens.
     *
     * @throws org.mephisto.spi.error.MephistoException when it cannot listen there or a folder cannot be used
     */
    public static StandaloneRouter start(RouterOptions options) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        try {
            return new StandaloneRouter(vertx, RouterServer.start(vertx, options));
        } catch (RuntimeException e) {
            vertx.close().await();
            throw e;
        }
    }

    public URI url() {
        return router.url();
    }

    /** Stops listening and closes every connection. Blocks. */
    @Override
    public void close() {
        router.close();
        vertx.close().await();
    }
}
