package org.mephisto.distribution;

import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.architect.Architect;
import org.mephisto.spi.architect.ArchitectContext;
import org.mephisto.spi.architect.ArchitectFactory;
import org.mephisto.spi.packet.Channel;
import org.mephisto.supervisor.io.WebSocketChannel;

/** An architect of one run whose router is {@code mephisto router}, a process of its own that a test may kill and start again. */
final class RouterArchitectFactory implements ArchitectFactory {
    private static final String SECRET = "the secret of this test";
    private static final Pattern ADDRESS = Pattern.compile("(http://\\S+)");

    private final MephistoProcess.Builder mephisto;
    private @Nullable Path folder;
    private @Nullable MephistoProcess router;
    private @Nullable URI url;

    /** @param mephisto how processes are started here */
    RouterArchitectFactory(MephistoProcess.Builder mephisto) {
        this.mephisto = mephisto.environment("MEPHISTO_CHANNEL_SECRET", SECRET);
    }

    record NoOptions() {}

    @Override
    public String type() {
        return "router_process";
    }

    @Override
    public Class<? extends Record> configType() {
        return NoOptions.class;
    }

    void killRouter() {
        Objects.requireNonNull(router).kill();
    }

    /** Starts the router at the address that it had. */
    void startRouterAgain() throws InterruptedException {
        start(Objects.requireNonNull(url).getPort());
    }

    private URI start(int port) throws InterruptedException {
        Path pages = Objects.requireNonNull(folder);
        MephistoProcess started = mephisto.start(
                "router",
                "--folder",
                pages.toString(),
                "--uploads",
                pages.resolveSibling("uploads").toString(),
                "--port",
                Integer.toString(port),
                "--page-silence",
                "15");
        router = started;
        URI address = URI.create(started.awaitOut(ADDRESS).group(1));
        url = address;
        return address;
    }

    @Override
    public Architect create(ArchitectContext context) {
        Vertx vertx = Vertx.vertx();
        return new Architect() {
            @Override
            public void prepare(Path buildFolder) {
                folder = buildFolder;
            }

            @Override
            public URI deploy() {
                try {
                    return start(0);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public List<Channel> getChannels() {
                return List.of(new WebSocketChannel(vertx, Objects.requireNonNull(url), SECRET, 20_000));
            }

            @Override
            public void downloadFile(String filename, Path target) {
                throw new UnsupportedOperationException("No page of these tests sends files.");
            }

            @Override
            public void shutdown() {
                MephistoProcess started = router;
                if (started != null) {
                    started.close();
                }
                vertx.close();
            }
        };
    }
}
