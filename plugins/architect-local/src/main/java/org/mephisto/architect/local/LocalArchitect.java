package org.mephisto.architect.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.architect.Architect;
import org.mephisto.spi.architect.RouterLauncher;
import org.mephisto.spi.architect.RunningRouter;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.packet.Channel;

/** One task run's router inside this process. Thread-safe: steps come one after the other, downloads from any thread. */
final class LocalArchitect implements Architect {
    private final LocalArchitectConfig config;
    private final RouterLauncher routers;
    private volatile @Nullable Path buildFolder;
    private volatile @Nullable RunningRouter router;

    LocalArchitect(LocalArchitectConfig config, RouterLauncher routers) {
        this.config = config;
        this.routers = routers;
    }

    @Override
    public void prepare(Path buildFolder) {
        if (!Files.isDirectory(buildFolder)) {
            throw new MephistoException(
                    ErrorCode.FILE_UNUSABLE,
                    "The folder with the page's files, \"" + buildFolder + "\", is not there. Launch the task again.");
        }
        this.buildFolder = buildFolder;
    }

    @Override
    public URI deploy() {
        Path folder = buildFolder;
        if (folder == null) {
            throw new IllegalStateException("deploy() before prepare()");
        }
        RunningRouter launched = routers.launchEmbedded(config.hostname(), config.port(), folder);
        router = launched;
        return launched.url();
    }

    @Override
    public List<Channel> getChannels() {
        return List.of(running().channel());
    }

    @Override
    public void downloadFile(String filename, Path target) throws IOException {
        running().downloadFile(filename, target);
    }

    private RunningRouter running() {
        RunningRouter known = router;
        if (known == null) {
            throw new IllegalStateException("the router is not up: deploy() comes first");
        }
        return known;
    }

    @Override
    public void shutdown() {
        RunningRouter known = router;
        router = null;
        if (known != null) {
            known.close();
        }
    }
}
