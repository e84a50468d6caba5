package org.mephisto.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plugin sees of its host, asked from inside a plugin. */
final class PluginIsolationTest {
    private static final String LOADS_WHAT_DESCRIPTION_NAMES = """
            public String description() {
                try {
                    return "found by " + Class.forName("%s", false, getClass().getClassLoader()).getClassLoader();
                } catch (ClassNotFoundException e) {
                    return "not found";
                }
            }
            """;

    @TempDir
    private Path plugins;

    private final Registry registry = new Registry();

    @AfterEach
    void close() {
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.mephisto.registry.Registry",
                "org.mephisto.store.Store",
                "io.vertx.core.Vertx",
                "org.sqlite.JDBC",
                "com.zaxxer.hikari.HikariDataSource",
                "picocli.CommandLine",
                "org.pf4j.PluginManager",
                "org.junit.jupiter.api.Test"
            })
    void hostIsHidden(String className) throws IOException, ClassNotFoundException {
        assertThat(Class.forName(className, false, getClass().getClassLoader())).isNotNull();

        assertThat(triesToLoad(className)).isEqualTo("not found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.mephisto.spi.blueprint.Blueprint",
                "org.mephisto.spi.json.Json",
                "org.slf4j.Logger",
                "com.fasterxml.jackson.databind.ObjectMapper",
                "com.fasterxml.jackson.annotation.JsonProperty",
                "org.jspecify.annotations.Nullable",
                "org.pf4j.Extension",
                "org.pf4j.ExtensionPoint"
            })
    void whatBothSidesSpeakIsTheHosts(String className) throws IOException, ClassNotFoundException {
        ClassLoader host =
                Class.forName(className, false, getClass().getClassLoader()).getClassLoader();

        assertThat(triesToLoad(className)).isEqualTo("found by " + host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.net.http.HttpClient", "java.sql.Connection", "javax.xml.parsers.SAXParser"})
    void jdkIsSeen(String className) throws IOException {
        assertThat(triesToLoad(className)).startsWith("found by");
    }

    @Test
    void ownCopyOfTheInterfaceIsNeverUsed() throws IOException {
        PluginJarBuilder.plugin("copier", "1.0.0")
                .source(
                        "org.mephisto.spi.error.ErrorCategory",
                        "package org.mephisto.spi.error; public enum ErrorCategory { COPIED }")
                .source("org.mephisto.spi.blueprint.BlueprintFactory", """
                        package org.mephisto.spi.blueprint;
                        public interface BlueprintFactory {
                            String type();
                            Class<? extends Record> configType();
                            Blueprint create(BlueprintContext context);
                        }
                        """)
                .blueprint("copier.Factory", "copier", """
                        public String description() {
                            return java.util.Arrays.toString(org.mephisto.spi.error.ErrorCategory.values());
                        }
                        """)
                .writeTo(plugins, "copier.jar");

        registry.fillRegistries(plugins);

        assertThat(registry.getBlueprintFromType("copier").description())
                .isEqualTo("[USER, TRANSIENT, EXTERNAL, INTERNAL]");
    }

    @Test
    void ownCopyOfLibraryThatTheHostHasTooIsUsed() throws IOException {
        PluginJarBuilder.plugin("own", "1.0.0")
                .source(
                        "picocli.CommandLine",
                        "package picocli; public class CommandLine { public String toString() { return \"mine\"; } }")
                .blueprint(
                        "own.Factory",
                        "own",
                        "public String description() { return new picocli.CommandLine().toString(); }")
                .writeTo(plugins, "own.jar");

        registry.fillRegistries(plugins);

        assertThat(registry.getBlueprintFromType("own").description()).isEqualTo("mine");
    }

    @Test
    void pluginsDoNotSeeEachOther() throws IOException {
        PluginJarBuilder.plugin("other", "1.0.0")
                .blueprint("other.Factory", "other")
                .writeTo(plugins, "a-other.jar");

        assertThat(triesToLoad("other.Factory")).isEqualTo("not found");
    }

    private String triesToLoad(String className) throws IOException {
        PluginJarBuilder.plugin("curious", "1.0.0")
                .blueprint("curious.Factory", "curious", LOADS_WHAT_DESCRIPTION_NAMES.formatted(className))
                .writeTo(plugins, "curious.jar");

        registry.fillRegistries(plugins);

        return registry.getBlueprintFromType("curious").description();
    }
}
