package org.mephisto.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.registry.PluginReport.State;

/** Jars that cannot be used: each is named with its reason, and the sound jar beside it starts every time. */
final class RegistryRefusalTest {
    @TempDir
    private Path plugins;

    private final Registry registry = new Registry("1.4.2");

    @BeforeEach
    void putSoundPluginBeside() throws IOException {
        plugin("sound", "1.0.0").blueprint("sound.Factory", "sound").writeTo(plugins, "m-sound.jar");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void jarThatIsNoZipIsRefused() throws IOException {
        Files.writeString(plugins.resolve("a.jar"), "this is no zip file");

        assertRefused("a.jar", "cannot be read as a jar");
    }

    @Test
    void jarThatIsCutShortIsRefused() throws IOException {
        Path whole = plugin("cut", "1.0.0").blueprint("cut.Factory", "cut").writeTo(plugins, "a.jar");
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(whole, java.util.Arrays.copyOf(bytes, bytes.length / 2));

        assertRefused("a.jar", "cannot be read as a jar");
    }

    @Test
    void folderNamedLikeJarIsRefused() throws IOException {
        Files.createDirectory(plugins.resolve("a.jar"));

        assertRefused("a.jar", "cannot be read as a jar");
    }

    @Test
    void jarWithoutDescriptorIsRefused() throws IOException {
        plugin("nameless", "1.0.0")
                .without("Plugin-Id")
                .blueprint("a.Factory", "a")
                .writeTo(plugins, "a.jar");

        assertRefused("a.jar", "has no Plugin-Id");
    }

    @Test
    void jarWithoutVersionIsRefused() throws IOException {
        plugin("a", "1.0.0")
                .without("Plugin-Version")
                .blueprint("a.Factory", "a")
                .writeTo(plugins, "a.jar");

        assertRefused("a.jar", "has no Plugin-Version");
    }

    @Test
    void versionThatIsNoneIsRefused() throws IOException {
        plugin("a", "banana").blueprint("a.Factory", "a").writeTo(plugins, "a.jar");

        assertRefused("a.jar", "Plugin-Version \"banana\" is not a version");
    }

    @ParameterizedTest
    @CsvSource({"2.0.0", "1.5.0", "1.4.3", "0.9.0", "'>=1.0.0 & <1.4.0'"})
    void pluginForAnotherInterfaceIsRefused(String requires) throws IOException {
        plugin("a", "1.0.0")
                .manifest("Plugin-Requires", requires)
                .blueprint("a.Factory", "a")
                .writeTo(plugins, "a.jar");

        assertRefused("a.jar", "requires the plugin interface \"" + requires + "\", and this is \"1.4.2\"");
    }

    @ParameterizedTest
    @CsvSource({"1.4.2", "1.0.0", "1.4.2-SNAPSHOT", "*", "'>=1.0.0 & <3.0.0'"})
    void pluginForThisInterfaceIsLoaded(String requires) throws IOException {
        plugin("a", "1.0.0")
                .manifest("Plugin-Requires", requires)
                .blueprint("a.Factory", "a")
                .writeTo(plugins, "a.jar");

        registry.fillRegistries(plugins);

        assertThat(registry.blueprintTypes()).containsExactly("a", "sound");
    }

    @Test
    void beforeTheFirstReleaseAnotherMinorVersionIsAnotherInterface() throws IOException {
        plugin("a", "1.0.0")
                .manifest("Plugin-Requires", "0.2.0-SNAPSHOT")
                .blueprint("a.Factory", "a")
                .writeTo(plugins, "a.jar");
        try (Registry same = new Registry("0.2.0-SNAPSHOT");
                Registry next = new Registry("0.3.0")) {

            same.fillRegistries(plugins);
            next.fillRegistries(plugins);

            assertThat(same.blueprintTypes()).contains("a");
            assertThat(next.blueprintTypes()).doesNotContain("a");
        }
    }

    @Test
    void requirementThatIsNoVersionIsRefused() throws IOException {
        plugin("a", "1.0.0")
                .manifest("Plugin-Requires", "latest, please")
                .blueprint("a.Factory", "a")
                .writeTo(plugins, "a.jar");

        assertRefused("a.jar", "Plugin-Requires \"latest, please\" is not a version");
    }

    @Test
    void secondJarWithTheSameIdIsRefusedAndTheFirstNamed() throws IOException {
        plugin("twin", "1.0.0").blueprint("a.Factory", "first").writeTo(plugins, "a.jar");
        plugin("twin", "2.0.0").blueprint("b.Factory", "second").writeTo(plugins, "b.jar");

        assertRefused("b.jar", "plugin \"twin\" is already there, in \"a.jar\"");

        assertThat(registry.blueprintTypes()).containsExactly("first", "sound");
    }

    @Test
    void refusedJarDoesNotStandInTheWayOfItsTwin() throws IOException {
        plugin("twin", "1.0.0")
                .manifest("Plugin-Requires", "7.0.0")
                .blueprint("a.Factory", "first")
                .writeTo(plugins, "a.jar");
        plugin("twin", "2.0.0").blueprint("b.Factory", "second").writeTo(plugins, "b.jar");

        registry.fillRegistries(plugins);

        assertThat(registry.blueprintTypes()).containsExactly("second", "sound");
    }

    @Test
    void secondFactoryOfOneTypeIsRefusedAndTheFirstNamed() throws IOException {
        plugin("one", "1.0.0").blueprint("a.Factory", "same").writeTo(plugins, "a.jar");
        plugin("two", "1.0.0").blueprint("b.Factory", "same").writeTo(plugins, "b.jar");

        assertRefused("b.jar", "blueprint type \"same\" is already there, from \"a.jar\"");

        assertThat(registry.getBlueprintFromType("same").getClass().getName()).isEqualTo("a.Factory");
    }

    @Test
    void theRestOfJarWithOneTakenTypeIsUsed() throws IOException {
        plugin("two", "1.0.0")
                .blueprint("b.Factory", "sound")
                .blueprint("b.Other", "other")
                .writeTo(plugins, "z.jar");

        registry.fillRegistries(plugins);

        assertThat(report("z.jar").state()).isEqualTo(State.LOADED);
        assertThat(report("z.jar").blueprintTypes()).containsExactly("other");
        assertThat(report("z.jar").problems()).singleElement().asString().contains("\"sound\" is already there");
    }

    @Test
    void factoryWhoseClassesAreMissingIsRefused() throws IOException {
        plugin("a", "1.0.0")
                .source("a.Base", "package a; public class Base {}")
                .source("a.Factory", """
                        package a;
                        public class Factory extends Base implements org.mephisto.spi.architect.ArchitectFactory {
                            public record Config() {}
                            public String type() { return "a"; }
                            public Class<? extends Record> configType() { return Config.class; }
                            public org.mephisto.spi.architect.Architect create(
                                    org.mephisto.spi.architect.ArchitectContext context) { throw new IllegalStateException(); }
                        }
                        """)
                .service("org.mephisto.spi.architect.ArchitectFactory", "a.Factory")
                .leaveOut("a.Base")
                .writeTo(plugins, "a.jar");

        assertRefused("a.jar", "class \"a.Factory\" cannot be loaded (NoClassDefFoundError: a/Base)");
    }

    @Test
    void classThatTheIndexNamesAndTheJarLacksIsRefused() throws IOException {
        plugin("a", "1.0.0").blueprint("a.Factory", "a").leaveOut("a.Factory").writeTo(plugins, "a.jar");

        assertRefused("a.jar", "class \"a.Factory\" is not in the jar");
    }

    @ParameterizedTest
    @CsvSource({
        "public Factory() { throw new IllegalStateException(\"no licence\"); }, IllegalStateException: no licence",
        "static final int NUMBER = Integer.parseInt(\"many\");, NumberFormatException",
        "{ if (true) throw new AssertionError(\"never\"); }, AssertionError: never"
    })
    void factoryThatFailsWhenItIsMadeIsRefused(String members, String reason) throws IOException {
        plugin("a", "1.0.0").blueprint("a.Factory", "a", members).writeTo(plugins, "a.jar");

        assertRefused("a.jar", "failed when it was made");

        assertThat(report("a.jar").problems()).singleElement().asString().contains(reason);
    }

    @Test
    void classThatIsNoFactoryIsRefused() throws IOException {
        plugin("a", "1.0.0")
                .source("a.Plain", "package a; public class Plain {}")
                .service("org.mephisto.spi.blueprint.BlueprintFactory", "a.Plain")
                .writeTo(plugins, "a.jar");

        assertRefused("a.jar", "class \"a.Plain\" is none of BlueprintFactory, ArchitectFactory, CrowdProviderFactory");
    }

    @Test
    void factoryWithoutPublicConstructorIsRefused() throws IOException {
        plugin("a", "1.0.0").blueprint("a.Factory", "a", "Factory() {}").writeTo(plugins, "a.jar");

        assertRefused("a.jar", "must be a public class with a public constructor");
    }

    @ParameterizedTest
    @CsvSource({
        "return null;, configType() is null",
        "throw new IllegalStateException(\"lost\");, IllegalStateException: lost",
        "return (Class) String.class;, which is not a record class"
    })
    void factoryWithoutUsableConfigTypeIsRefused(String body, String reason) throws IOException {
        plugin("a", "1.0.0")
                .source("a.Factory", """
                        package a;
                        public class Factory implements org.mephisto.spi.architect.ArchitectFactory {
                            public String type() { return "a"; }
                            public Class<? extends Record> configType() { %s }
                            public org.mephisto.spi.architect.Architect create(
                                    org.mephisto.spi.architect.ArchitectContext context) { throw new IllegalStateException(); }
                        }
                        """.formatted(body))
                .service("org.mephisto.spi.architect.ArchitectFactory", "a.Factory")
                .writeTo(plugins, "a.jar");

        assertRefused("a.jar", reason);
    }

    @Test
    void typeNameThatCannotStandInConfigurationIsRefused() throws IOException {
        plugin("a", "1.0.0").blueprint("a.Factory", "My Task").writeTo(plugins, "a.jar");

        assertRefused("a.jar", "its type() is \"My Task\"");
    }

    @Test
    void jarThatOffersNothingSaysSo() throws IOException {
        plugin("a", "1.0.0")
                .source("a.Plain", "package a; public class Plain {}")
                .writeTo(plugins, "a.jar");

        registry.fillRegistries(plugins);

        assertThat(report("a.jar").problems()).singleElement().asString().contains("offers no blueprint");
    }

    private static PluginJarBuilder plugin(String id, String version) {
        return PluginJarBuilder.plugin(id, version).manifest("Plugin-Requires", "1.4.2");
    }

    private void assertRefused(String jar, String reason) {
        registry.fillRegistries(plugins);

        PluginReport report = report(jar);
        assertThat(report.state()).isEqualTo(State.REFUSED);
        assertThat(String.join("\n", report.problems())).contains(reason);
        assertThat(registry.blueprintTypes()).contains("sound");
    }

    private PluginReport report(String jar) {
        return registry.pluginReports().stream()
                .filter(report -> report.jar().getFileName().toString().equals(jar))
                .findFirst()
                .orElseThrow();
    }
}
