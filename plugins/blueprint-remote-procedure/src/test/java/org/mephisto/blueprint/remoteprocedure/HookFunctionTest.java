package org.mephisto.blueprint.remoteprocedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.json.Json;
import org.mephisto.testkit.TestRun;

/** Pages that call methods of a Hooks.java. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
final class HookFunctionTest {
    @TempDir
    private Path task;

    @Test
    void aPageCallsMethodsByTheNamesOfTheConfiguration() throws Exception {
        Files.writeString(task.resolve("Hooks.java"), """
                import com.fasterxml.jackson.databind.JsonNode;
                import java.util.Map;
                import org.mephisto.spi.blueprint.AgentState;
                public class Hooks {
                    public Map<String, Integer> add(JsonNode numbers, AgentState state) {
                        int sum = 0;
                        for (JsonNode number : numbers) {
                            sum += number.asInt();
                        }
                        return Map.of("sum", sum, "calls", state.updates().size());
                    }
                    public String nothing() {
                        return null;
                    }
                    public String fails() {
                        throw new IllegalStateException("secret cause");
                    }
                }
                """);
        Map<String, ?> functions = Map.of(
                "sum", Map.of("java", "add"), "nothing", Map.of("java", "nothing"), "fails", Map.of("java", "fails"));
        try (TestRun run = TaskFiles.run(task)
                        .blueprintOption("functions", Map.of())
                        .stateOption("functions", functions)
                        .start();
                CallingPage page = CallingPage.of(run, "ann")) {

            JsonNode sum = page.call("sum", Json.parse("[1, 2, 4]"));
            JsonNode nothing = page.call("nothing", Map.of());
            JsonNode failed = page.answer(page.send("fails", Map.of()));

            assertThat(sum.path("sum").asInt()).isEqualTo(7);
            assertThat(nothing.isNull()).isTrue();
            assertThat(Json.write(failed)).doesNotContain("secret cause");
        }
    }
}
