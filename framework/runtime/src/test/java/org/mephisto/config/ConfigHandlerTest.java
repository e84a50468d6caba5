package org.mephisto.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;

final class ConfigHandlerTest {
    @TempDir
    Path folder;

    @Test
    void withoutAFileThereAreNoSettings() {
        ConfigHandler handler = new ConfigHandler(folder.resolve("home"));

        assertThat(handler.getConfig()).isEmpty();
        assertThat(handler.getConfigArg("core", "anything")).isEmpty();
        assertThat(handler.home()).doesNotExist();
    }

    @Test
    void initConfigMakesTheFileOnce() {
        ConfigHandler handler = new ConfigHandler(folder.resolve("home"));

        boolean first = handler.initConfig();
        handler.addConfigArg("core", "mine", 1);
        boolean second = handler.initConfig();

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(handler.getConfigArg("core", "main_data_directory"))
                .contains(TextNode.valueOf(folder.resolve("home/data").toString()));
        assertThat(handler.getConfigArg("core", "mine").orElseThrow().asInt()).isEqualTo(1);
    }

    @Test
    void aKeyIsSetAndTheOthersStay() {
        ConfigHandler handler = new ConfigHandler(folder);
        handler.writeConfig(Json.object().set("a", Json.object().put("x", "yes").put("y", 2)));

        handler.addConfigArg("a", "z", List.of("p", "q"));
        handler.addConfigArg("b", "x", Map.of("k", true));

        assertThat(handler.getConfig().toString())
                .isEqualTo("{\"a\":{\"x\":\"yes\",\"y\":2,\"z\":[\"p\",\"q\"]},\"b\":{\"x\":{\"k\":true}}}");
    }

    @Test
    void onlyTheUserMayReadTheFile() throws IOException {
        ConfigHandler handler = new ConfigHandler(folder.resolve("home"));

        handler.addConfigArg("core", "secret", "s");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(handler.file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(handler.home())))
                .isEqualTo("rwx------");
    }

    @Test
    void changesAtTheSameTimeAllArrive() throws Exception {
        ConfigHandler handler = new ConfigHandler(folder);

        List<Callable<String>> changes = IntStream.range(0, 40)
                .<Callable<String>>mapToObj(i -> () -> {
                    new ConfigHandler(folder).addConfigArg("core", "key" + i, i);
                    return "done";
                })
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> change : threads.invokeAll(changes)) {
                assertThat(change.get()).isEqualTo("done");
            }
        }

        assertThat(handler.getConfig().path("core")).hasSize(40);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("config.yml", "config.lock");
        }
    }

    @Test
    void aLinkToTheFileStaysALink() throws IOException {
        Path real = Files.writeString(folder.resolve("real.yml"), "a: {x: 1}\n");
        ConfigHandler handler = new ConfigHandler(folder);
        Files.createSymbolicLink(handler.file(), real);

        handler.addConfigArg("a", "second", 2);

        assertThat(handler.file()).isSymbolicLink();
        assertThat(Files.readString(real)).contains("second: 2");
    }

    @Test
    void aBrokenFileIsReportedAndLeftAsItIs() throws IOException {
        ConfigHandler handler = new ConfigHandler(folder);
        Files.writeString(handler.file(), "core: [1\n");

        assertThatThrownBy(() -> handler.addConfigArg("core", "x", 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("config.yml:2");
        assertThat(Files.readString(handler.file())).isEqualTo("core: [1\n");
    }

    @Test
    void aValueInThePlaceOfASectionIsReported() throws IOException {
        ConfigHandler handler = new ConfigHandler(folder);
        Files.writeString(handler.file(), "core: 5\n");

        assertThatThrownBy(() -> handler.addConfigArg("core", "x", 1)).hasMessageContaining("the value \"5\"");
    }

    @Test
    void aHomeThatCannotBeMadeIsReported() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        ConfigHandler handler = new ConfigHandler(file.resolve("home"));

        assertThatThrownBy(() -> handler.addConfigArg("core", "x", 1))
                .isInstanceOf(MephistoException.class)
                .hasMessageContaining("MEPHISTO_HOME");
    }

    @Test
    void mephistoHomeMovesTheSettings() {
        ConfigHandler moved = ConfigHandler.fromEnvironment(Map.of("MEPHISTO_HOME", folder.toString()));
        ConfigHandler usual = ConfigHandler.fromEnvironment(Map.of());

        assertThat(moved.file()).isEqualTo(folder.resolve("config.yml"));
        assertThat(usual.file()).isEqualTo(Path.of(System.getProperty("user.home"), ".mephisto", "config.yml"));
    }

    @Test
    void theDataFolderIsTheNearestThatIsNamed() {
        ConfigHandler handler = new ConfigHandler(folder);

        Path usual = handler.dataDirectory(Optional.empty());
        handler.addConfigArg("core", "main_data_directory", "~/collected");
        Path ofSettings = handler.dataDirectory(Optional.empty());
        Path ofConfiguration = handler.dataDirectory(Optional.of(Path.of("/elsewhere")));

        assertThat(usual).isEqualTo(folder.resolve("data"));
        assertThat(ofSettings).isEqualTo(Path.of(System.getProperty("user.home"), "collected"));
        assertThat(ofConfiguration).isEqualTo(Path.of("/elsewhere"));
    }
}
