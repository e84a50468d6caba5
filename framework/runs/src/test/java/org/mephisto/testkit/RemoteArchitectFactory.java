package org.mephisto.testkit;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mephisto.router.RouterOptions;
import org.mephisto.router.RouterServer;
import org.mephisto.spi.architect.Architect;
import org.mephisto.spi.architect.ArchitectContext;
import org.mephisto.spi.architect.ArchitectFactory;
import org.mephisto.spi.packet.Channel;
import org.mephisto.supervisor.io.WebSocketChannel;

/** The architect {@code remote}: a router that a run reaches over a WebSocket only, and that a test can restart under it. */
final class RemoteArchitectFactory implements ArchitectFactory {
    private static final String SECRET = "the-secret-of-this-test";

    private final Vertx vertx = Vertx.vertx();
    private final RouterOptions.Limits limits;
    private volatile @Nullable RouterServer router;
    private volatile @Nullable RouterOptions options;

    RemoteArchitectFactory() {
        this(Duration.ZERO);
    }

    /** @param pageSilence after which a router tells of a page that has fallen silent; zero for never */
    RemoteArchitectFactory(Duration pageSilence) {
        this.limits = RouterOptions.Limits.DEFAULT.withPageSilence(pageSilence);
    }

    @Override
    public String type() {
        return "remote";
    }

    @Override
    public Class<? extends Record> configType() {
        return NoOptions.class;
    }

    record NoOptions() {}

    /** Ends the router with everything it has in memory, and starts another in its place. */
    void restartRouter() {
        RouterServer before = Objects.requireNonNull(router);
        RouterOptions known = Objects.requireNonNull(options);
        before.close();
        RouterOptions same =
                RouterOptions.of(known.hostname(), before.url().getPort(), known.folder(), known.uploads());
        router = RouterServer.start(vertx, same.withChannelSecret(SECRET).withLimits(limits));
    }

    @Override
    public Architect create(ArchitectContext context) {
        return new Architect() {
            private @Nullable Path folder;

            @Override
            public void prepare(Path buildFolder) {
                folder = buildFolder;
            }

            @Override
            public URI deploy() {
                RouterOptions chosen = RouterOptions.of(
                        "localhost",
                        0,
                        Objects.requireNonNull(folder),
                        context.dataDirectory().resolve("uploads"));
                options = chosen;
                RouterServer started = RouterServer.start(
                        vertx, chosen.withChannelSecret(SECRET).withLimits(limits));
                router = started;
                return started.url();
            }

            @Override
            public List<Channel> getChannels() {
                URI url = Objects.requireNonNull(router).url();
                return List.of(new WebSocketChannel(vertx, url, SECRET, 20_000));
            }

            @Override
            public void downloadFile(String filename, Path target) throws IOException {
                Objects.requireNonNull(router).downloadFile(filename, target);
            }

            @Override
            public void shutdown() {
                Objects.requireNonNull(router).close();
                vertx.close();
            }
        };
    }
}
