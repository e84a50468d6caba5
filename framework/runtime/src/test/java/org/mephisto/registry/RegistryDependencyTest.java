package org.mephisto.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.registry.PluginReport.State;

/** Plugins that need other plugins. */
final class RegistryDependencyTest {
    @TempDir
    private Path plugins;

    private final Registry registry = new Registry();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void pluginSeesTheClassesOfThePluginItDependsOn() throws IOException {
        Path library = library("1.2.0").writeTo(plugins, "z-library.jar");
        PluginJarBuilder.plugin("user", "1.0.0")
                .manifest("Plugin-Dependencies", "library@>=1.0.0")
                .compileAgainst(library)
                .blueprint("user.Factory", "user", "public String description() { return library.Words.hello(); }")
                .writeTo(plugins, "a-user.jar");

        registry.fillRegistries(plugins);

        assertThat(registry.getBlueprintFromType("user").description()).isEqualTo("hello");
        assertThat(registry.pluginReports())
                .allSatisfy(report -> assertThat(report.problems()).isEmpty());
    }

    @Test
    void missingDependencyIsNamed() throws IOException {
        user("library@>=1.0.0").writeTo(plugins, "a-user.jar");

        registry.fillRegistries(plugins);

        assertRefused("a-user.jar", "needs plugin \"library\", which is not in the plugins folder");
    }

    @Test
    void missingOptionalDependencyIsNoHindrance() throws IOException {
        user("library?@>=1.0.0").writeTo(plugins, "a-user.jar");

        registry.fillRegistries(plugins);

        assertThat(registry.blueprintTypes()).containsExactly("user");
    }

    @Test
    void dependencyInTheWrongVersionIsNamed() throws IOException {
        library("1.2.0").writeTo(plugins, "library.jar");
        user("library@>=2.0.0").writeTo(plugins, "a-user.jar");

        registry.fillRegistries(plugins);

        assertRefused(
                "a-user.jar",
                "needs plugin \"library\" in version \">=2.0.0\", and \"library.jar\" has version \"1.2.0\"");
    }

    @Test
    void dependencyVersionThatIsNoneIsNamed() throws IOException {
        library("1.2.0").writeTo(plugins, "library.jar");
        user("library@new").writeTo(plugins, "a-user.jar");

        registry.fillRegistries(plugins);

        assertRefused("a-user.jar", "\"new\", which is not a version");
    }

    @Test
    void pluginWhoseDependencyWasRefusedIsRefusedToo() throws IOException {
        library("1.2.0").manifest("Plugin-Requires", "99.0.0").writeTo(plugins, "library.jar");
        user("library").writeTo(plugins, "a-user.jar");
        PluginJarBuilder.plugin("farther", "1.0.0")
                .manifest("Plugin-Dependencies", "user")
                .blueprint("farther.Factory", "farther")
                .writeTo(plugins, "a-farther.jar");

        registry.fillRegistries(plugins);

        assertRefused("a-user.jar", "needs plugin \"library\"");
        assertRefused("a-farther.jar", "needs plugin \"user\", which was refused itself (\"a-user.jar\")");
    }

    @Test
    void cycleIsNamedAndItsMembersRefusedAlone() throws IOException {
        for (String[] pair : new String[][] {{"one", "two"}, {"two", "three"}, {"three", "one"}, {"outside", "one"}}) {
            PluginJarBuilder.plugin(pair[0], "1.0.0")
                    .manifest("Plugin-Dependencies", pair[1])
                    .blueprint(pair[0] + ".Factory", pair[0])
                    .writeTo(plugins, pair[0] + ".jar");
        }
        PluginJarBuilder.plugin("sound", "1.0.0")
                .blueprint("sound.Factory", "sound")
                .writeTo(plugins, "sound.jar");

        registry.fillRegistries(plugins);

        assertRefused("one.jar", "depends on itself: one -> two -> three -> one");
        assertRefused("two.jar", "depends on itself: two -> three -> one -> two");
        assertRefused("three.jar", "depends on itself: three -> one -> two -> three");
        assertRefused("outside.jar", "needs plugin \"one\", which was refused itself");
        assertThat(registry.blueprintTypes()).containsExactly("sound");
    }

    @Test
    void dependencyMayStandInFolderThatWasReadBefore() throws IOException {
        Path first = Files.createDirectory(plugins.resolve("first"));
        Path second = Files.createDirectory(plugins.resolve("second"));
        library("1.2.0").writeTo(first, "library.jar");
        user("library@1.2.0").writeTo(second, "user.jar");

        registry.fillRegistries(first);
        registry.fillRegistries(second);

        assertThat(registry.blueprintTypes()).containsExactly("user");
        assertThat(registry.pluginReports()).hasSize(2);
    }

    private static PluginJarBuilder library(String version) {
        return PluginJarBuilder.plugin("library", version)
                .source(
                        "library.Words",
                        "package library; public class Words { public static String hello() { return \"hello\"; } }");
    }

    private static PluginJarBuilder user(String dependencies) {
        return PluginJarBuilder.plugin("user", "1.0.0")
                .manifest("Plugin-Dependencies", dependencies)
                .blueprint("user.Factory", "user");
    }

    private void assertRefused(String jar, String reason) {
        PluginReport report = registry.pluginReports().stream()
                .filter(candidate -> candidate.jar().getFileName().toString().equals(jar))
                .findFirst()
                .orElseThrow();
        assertThat(report.state()).isEqualTo(State.REFUSED);
        assertThat(report.problems()).singleElement().asString().contains(reason);
    }
}
