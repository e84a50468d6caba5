package org.mephisto.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.registry.PluginReport.State;
import org.mephisto.spi.architect.Architect;
import org.mephisto.spi.architect.ArchitectContext;
import org.mephisto.spi.architect.ArchitectFactory;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

final class RegistryTest {
    @TempDir
    private Path plugins;

    private final Registry registry = new Registry();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void jarOfAllThreeKindsIsReportedWithItsTypes() throws IOException {
        Path jar = PluginJarBuilder.plugin("everything", "2.1.0")
                .blueprint("all.Blueprints", "label")
                .source("all.Architects", """
                        package all;
                        @org.pf4j.Extension
                        public class Architects implements org.mephisto.spi.architect.ArchitectFactory {
                            public record Config() {}
                            public String type() { return "cloud"; }
                            public Class<? extends Record> configType() { return Config.class; }
                            public org.mephisto.spi.architect.Architect create(
                                    org.mephisto.spi.architect.ArchitectContext context) { throw new IllegalStateException(); }
                        }
                        """)
                .service("org.mephisto.spi.architect.ArchitectFactory", "all.Architects")
                .source("all.Providers", """
                        package all;
                        public class Providers implements org.mephisto.spi.provider.CrowdProviderFactory {
                            public record Config() {}
                            public String type() { return "village"; }
                            public Class<? extends Record> configType() { return Config.class; }
                            public Class<? extends Record> requesterType() { return Config.class; }
                            public org.mephisto.spi.provider.CrowdProvider create(
                                    org.mephisto.spi.provider.CrowdProviderContext context) { throw new IllegalStateException(); }
                        }
                        """)
                .service("org.mephisto.spi.provider.CrowdProviderFactory", "all.Providers")
                .writeTo(plugins, "everything.jar");

        registry.fillRegistries(plugins);

        assertThat(registry.pluginReports()).singleElement().satisfies(report -> {
            assertThat(report.jar()).isEqualTo(jar);
            assertThat(report.id()).contains("everything");
            assertThat(report.version()).contains("2.1.0");
            assertThat(report.state()).isEqualTo(State.LOADED);
            assertThat(report.blueprintTypes()).containsExactly("label");
            assertThat(report.architectTypes()).containsExactly("cloud");
            assertThat(report.providerTypes()).containsExactly("village");
            assertThat(report.problems()).isEmpty();
        });
        assertThat(registry.getArchitectFromType("cloud").type()).isEqualTo("cloud");
        assertThat(registry.getCrowdProviderFromType("village").type()).isEqualTo("village");
    }

    @Test
    void unknownTypeNamesTheKnownAndTheNearest() throws IOException {
        PluginJarBuilder.plugin("tasks", "1.0.0")
                .blueprint("tasks.Static", "static_task")
                .blueprint("tasks.Chat", "chat")
                .writeTo(plugins, "tasks.jar");
        registry.fillRegistries(plugins);

        assertThatThrownBy(() -> registry.getBlueprintFromType("statc_task"))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
                .hasMessageContaining("no blueprint type \"statc_task\"")
                .hasMessageContaining("Did you mean \"static_task\"?")
                .hasMessageContaining("chat, static_task")
                .hasMessageContaining("mephisto plugins");
    }

    @Test
    void unknownTypeThatIsLikeNoneSuggestsNone() {
        registry.register(new CodeArchitect("local"));

        assertThatThrownBy(() -> registry.getArchitectFromType("heroku"))
                .hasMessageContaining("Known are: local.")
                .hasMessageNotContainingAny("Did you mean");
        assertThatThrownBy(() -> registry.getCrowdProviderFromType("mock")).hasMessageContaining("There are none.");
    }

    @Test
    void codeRegistersWithoutJar() {
        registry.register(new CodeArchitect("mine"));

        assertThat(registry.architectTypes()).containsExactly("mine");
        assertThat(registry.getArchitectFromType("mine")).isInstanceOf(CodeArchitect.class);
        assertThat(registry.pluginReports()).isEmpty();
    }

    @Test
    void codeCannotRegisterOneNameTwice() {
        registry.register(new CodeArchitect("mine"));

        assertThatThrownBy(() -> registry.register(new CodeArchitect("mine")))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                .hasMessageContaining("architect type \"mine\" is already there, from code");
    }

    @Test
    void codeCannotRegisterUnsoundFactory() {
        assertThatThrownBy(() -> registry.register(new CodeArchitect("Not A Name")))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PLUGIN_FAILED))
                .hasMessageContaining("Not A Name");
    }

    @Test
    void absentFolderHoldsNoPlugins() {
        registry.fillRegistries(plugins.resolve("absent"));

        assertThat(registry.pluginReports()).isEmpty();
        assertThat(registry.blueprintTypes()).isEmpty();
    }

    @Test
    void fileInPlaceOfTheFolderIsAnError() throws IOException {
        Path file = Files.createFile(plugins.resolve("plugins"));

        assertThatThrownBy(() -> registry.fillRegistries(file))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_UNUSABLE))
                .hasMessageContaining(file.toString());
    }

    @Test
    void otherFilesInTheFolderAreLeftAlone() throws IOException {
        Files.writeString(plugins.resolve("README.md"), "Put plugins here.");
        Files.writeString(plugins.resolve(".hidden.jar"), "left by a copy");

        registry.fillRegistries(plugins);

        assertThat(registry.pluginReports()).isEmpty();
    }

    @Test
    void jarInFolderWithOddNameIsLoaded() throws IOException {
        Path odd = Files.createDirectory(plugins.resolve("my plugins #1 + ü%20"));
        PluginJarBuilder.plugin("a", "1.0.0").blueprint("a.Factory", "a").writeTo(odd, "a plugin.JAR");

        registry.fillRegistries(odd);

        assertThat(registry.blueprintTypes()).containsExactly("a");
    }

    @Test
    void closedRegistryLetsGoOfTheJars() throws IOException {
        Path jar = PluginJarBuilder.plugin("a", "1.0.0")
                .blueprint("a.Factory", "a")
                .writeTo(plugins, "a.jar");
        registry.fillRegistries(plugins);
        ClassLoader loader = registry.getBlueprintFromType("a").getClass().getClassLoader();

        registry.close();
        registry.close();

        assertThat(registry.blueprintTypes()).isEmpty();
        assertThat(loader)
                .isInstanceOfSatisfying(
                        PluginIsolation.class,
                        closed -> assertThat(closed.isClosed()).isTrue());
        assertThat(Files.deleteIfExists(jar)).isTrue();
    }

    private record CodeArchitect(String type) implements ArchitectFactory {
        record Config(Optional<String> text) {}

        @Override
        public Class<? extends Record> configType() {
            return Config.class;
        }

        @Override
        public Architect create(ArchitectContext context) {
            throw new IllegalStateException();
        }
    }
}
