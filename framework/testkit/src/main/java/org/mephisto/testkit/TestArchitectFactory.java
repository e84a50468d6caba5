package org.mephisto.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.architect.Architect;
import org.mephisto.spi.architect.ArchitectContext;
import org.mephisto.spi.architect.ArchitectFactory;
import org.mephisto.spi.architect.RunningRouter;
import org.mephisto.spi.packet.Channel;

/** The architect {@code test}: a router in this process on any free port. */
final class TestArchitectFactory implements ArchitectFactory {
    static final String TYPE = "test";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Class<? extends Record> configType() {
        return NoOptions.class;
    }

    @Override
    public Architect create(ArchitectContext context) {
        return new TestArchitect(context);
    }

    record NoOptions() {}

    private static final class TestArchitect implements Architect {
        private final ArchitectContext context;
        private @Nullable Path folder;
        private @Nullable RunningRouter router;

        TestArchitect(ArchitectContext context) {
            this.context = context;
        }

        @Override
        public void prepare(Path buildFolder) {
            folder = buildFolder;
        }

        @Override
        public URI deploy() {
            RunningRouter running = context.routers().launchEmbedded("localhost", 0, Objects.requireNonNull(folder));
            router = running;
            return running.url();
        }

        @Override
        public List<Channel> getChannels() {
            return List.of(Objects.requireNonNull(router).channel());
        }

        @Override
        public void downloadFile(String filename, Path target) throws IOException {
            Objects.requireNonNull(router).downloadFile(filename, target);
        }

        @Override
        public void shutdown() {
            if (router != null) {
                router.close();
            }
        }
    }
}
