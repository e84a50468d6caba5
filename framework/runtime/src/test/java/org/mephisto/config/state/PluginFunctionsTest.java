package org.mephisto.config.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.config.hooks.HookPlaces;
import org.mephisto.registry.PluginJarBuilder;
import org.mephisto.registry.Registry;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.RemoteFunction;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;

/** Functions that are methods of a blueprint's plugin, from a real jar. */
final class PluginFunctionsTest {
    private static final JsonValue FOUR = JsonValue.of(Map.of("answer", 4));

    private static final AgentState STATE =
            new AgentState(FOUR, List.of(), Optional.empty(), Instant.EPOCH, Optional.empty(), JsonValue.emptyObject());

    private final HttpClient http = HttpClient.newHttpClient();
    private final Registry registry = new Registry();

    @TempDir
    private Path folder;

    @BeforeEach
    void load() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        PluginJarBuilder.plugin("labeling", "1.0.0")
                .source("lab.Labeling", """
                        package lab;
                        import org.mephisto.spi.blueprint.*;
                        public class Labeling implements BlueprintFactory {
                            public record Config() {}
                            public String type() { return "labeling"; }
                            public Class<? extends Record> configType() { return Config.class; }
                            public Blueprint create(BlueprintContext context) { throw new IllegalStateException(); }
                        }
                        """)
                .source("lab.Answers", """
                        package lab;
                        class Answers { static final int RIGHT = 4; }
                        """)
                .source("lab.Checks", """
                        package lab;
                        import com.fasterxml.jackson.databind.JsonNode;
                        public class Checks implements AutoCloseable {
                            private int asked;
                            public boolean passed(JsonNode data) { return data.path("answer").asInt() == Answers.RIGHT; }
                            public int count(JsonNode data) { return ++asked; }
                            @Override public void close() { System.setProperty("lab.closed", "after " + asked); }
                        }
                        """)
                .source("lab.Needy", """
                        package lab;
                        public class Needy { public Needy(int n) {} public boolean passed() { return true; } }
                        """)
                .service("org.mephisto.spi.blueprint.BlueprintFactory", "lab.Labeling")
                .writeTo(plugins, "labeling.jar");
        registry.fillRegistries(plugins);
    }

    @AfterEach
    void close() {
        System.clearProperty("lab.closed");
        registry.close();
        http.shutdownNow();
    }

    @Test
    void aMethodOfThePluginIsCalledOnOneObjectThatIsClosedWithTheRun() throws Exception {
        RunState run = read("""
                {"validate_onboarding": {"java": "lab.Checks#passed"},
                 "functions": {"count": {"java": "lab.Checks#count"}}}""");

        boolean right = run.state().validateOnboarding().test(FOUR);
        boolean wrong = run.state().validateOnboarding().test(JsonValue.emptyObject());
        RemoteFunction count = Objects.requireNonNull(run.state().functions().get("count"));
        count.call(FOUR, STATE);
        JsonValue second = count.call(FOUR, STATE);
        run.hooks().close();

        assertThat(right).isTrue();
        assertThat(wrong).isFalse();
        assertThat(second.node().asInt()).isEqualTo(2);
        assertThat(System.getProperty("lab.closed")).isEqualTo("after 2");
    }

    @Test
    void methodsOfThePluginAndOfHooksStandBesideEachOther() throws Exception {
        Files.writeString(folder.resolve("Hooks.java"), "public class Hooks { public boolean yes() { return true; } }");

        RunState run = read("""
                {"validate_onboarding": {"java": "lab.Checks#passed"}, "worker_can_do_unit": {"java": "yes"}}""");

        assertThat(run.state().validateOnboarding().test(FOUR)).isTrue();
        assertThat(run.state().workerCanDoUnit()).isNotNull();
        run.hooks().close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lab.Cheks#passed | there is no class \"lab.Cheks\" in the blueprint's plugin | did you mean \"lab.Checks\"?",
                "Checks#passed | there is no class \"Checks\" | did you mean \"lab.Checks\"?",
                "com.other.Things#passed | there is no class \"com.other.Things\" | labeling.jar",
                "lab.Checks#pased | lab.Checks has no method \"pased\" | did you mean \"passed\"?",
                "lab.Checks#count | cannot be used for validate_onboarding | public boolean count(JsonValue data)",
                "lab.Needy#passed | lab.Needy: has no constructor without parameters | Add one",
                "java.lang.System#exit | is the JDK's | labeling.jar",
                "lab.Checks# | names no method | CLASS#METHOD",
                "#passed | names no method | CLASS#METHOD",
                "lab.Checks#passed#twice | names no method | CLASS#METHOD",
                "passed | names a method of Hooks.java, which is missing | write CLASS#METHOD",
            })
    void whatIsWrongIsAConfigurationErrorThatNamesIt(String java, String what, String wayOut) {
        assertThatThrownBy(() -> read("{\"validate_onboarding\": {\"java\": \"" + java + "\"}}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(what, wayOut);
    }

    private RunState read(String state) {
        HookPlaces places = new HookPlaces(
                folder, Optional.of(registry.getBlueprintFromType("labeling").getClass()));
        return new SharedStateReader(http).read((ObjectNode) Json.parse(state), places, SharedTaskState.empty());
    }
}
