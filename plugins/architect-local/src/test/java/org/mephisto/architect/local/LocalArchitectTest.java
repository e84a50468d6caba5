package org.mephisto.architect.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.architect.Architect;
import org.mephisto.spi.architect.ArchitectContext;
import org.mephisto.spi.architect.ArchitectFactory;
import org.mephisto.spi.architect.RouterLauncher;
import org.mephisto.spi.architect.RunningRouter;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.config.Option;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.packet.Channel;
import org.mephisto.spi.packet.ChannelListener;
import org.mephisto.spi.packet.Packet;

final class LocalArchitectTest {
    @TempDir
    private Path folder;

    private final RecordingLauncher launcher = new RecordingLauncher();

    @Test
    void factoryIsFoundByItsServiceFile() {
        assertThat(ServiceLoader.load(ArchitectFactory.class))
                .singleElement()
                .isInstanceOf(LocalArchitectFactory.class)
                .satisfies(factory -> assertThat(factory.type()).isEqualTo("local"))
                .satisfies(factory -> assertThat(factory.description()).isNotBlank());
    }

    @Test
    void optionsHaveTheirDefaults() {
        Map<String, String> defaults = Arrays.stream(
                        new LocalArchitectFactory().configType().getRecordComponents())
                .collect(Collectors.toMap(
                        RecordComponent::getName,
                        component -> Objects.requireNonNull(component.getAnnotation(Option.class))
                                .defaultValue()));

        assertThat(defaults).isEqualTo(Map.of("hostname", "localhost", "port", "3000"));
    }

    @Test
    void emptyHostnameIsConfigurationError() {
        assertThatThrownBy(() -> architect(" ", 3000))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mephisto.architect.hostname");
    }

    @Test
    void routerServesTheBuildFolderWhereTheOptionsSay() throws IOException {
        Architect architect = architect("0.0.0.0", 0);
        architect.prepare(folder);

        URI url = architect.deploy();

        assertThat(url).isEqualTo(launcher.router.url());
        assertThat(launcher.asked).isEqualTo("0.0.0.0:0 " + folder);
        assertThat(architect.getChannels()).containsExactly(launcher.router.channel());
    }

    @Test
    void nothingIsReachableBeforeDeploy() throws IOException {
        Architect architect = architect("localhost", 3000);

        architect.prepare(folder);

        assertThat(launcher.asked).isEmpty();
        assertThatThrownBy(architect::getChannels).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void absentBuildFolderIsNamed() {
        Path absent = folder.resolve("absent");

        assertThatThrownBy(() -> architect("localhost", 3000).prepare(absent))
                .isInstanceOf(MephistoException.class)
                .hasMessageContaining(absent.toString());
    }

    @Test
    void uploadedFilesComeFromTheRouter() throws IOException {
        Architect architect = architect("localhost", 3000);
        architect.prepare(folder);
        architect.deploy();
        Path target = folder.resolve("copy.txt");

        architect.downloadFile("photo.png", target);

        assertThat(target).hasContent("photo.png");
    }

    @Test
    void shutdownClosesTheRouterAndWorksWhateverWasDoneBefore() throws IOException {
        Architect architect = architect("localhost", 3000);
        architect.shutdown();
        architect.prepare(folder);
        architect.deploy();

        architect.shutdown();
        architect.shutdown();

        assertThat(launcher.router.closed).isEqualTo(1);
    }

    private Architect architect(String hostname, int port) {
        return new LocalArchitectFactory().create(new ArchitectContext() {
            @Override
            public <C extends Record> C config(Class<C> type) {
                return type.cast(new LocalArchitectConfig(hostname, port));
            }

            @Override
            public String taskName() {
                return "task";
            }

            @Override
            public RouterLauncher routers() {
                return launcher;
            }

            @Override
            public Path dataDirectory() {
                return folder;
            }
        });
    }

    private static final class RecordingLauncher implements RouterLauncher {
        private final RecordingRouter router = new RecordingRouter();
        private String asked = "";

        @Override
        public RunningRouter launchEmbedded(String hostname, int port, Path served) {
            asked = hostname + ":" + port + " " + served;
            return router;
        }
    }

    private static final class RecordingRouter implements RunningRouter {
        private final Channel channel = new SilentChannel();
        private int closed;

        @Override
        public URI url() {
            return URI.create("http://localhost:41234");
        }

        @Override
        public Channel channel() {
            return channel;
        }

        @Override
        public void downloadFile(String filename, Path target) throws IOException {
            Files.writeString(target, filename);
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private static final class SilentChannel implements Channel {
        @Override
        public String name() {
            return "silent";
        }

        @Override
        public void open(ChannelListener listener) {}

        @Override
        public boolean isAlive() {
            return false;
        }

        @Override
        public boolean isClosed() {
            return false;
        }

        @Override
        public boolean enqueueSend(Packet packet) {
            return false;
        }

        @Override
        public void close() {}
    }
}
