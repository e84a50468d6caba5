package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Units that were done too fast or without care are flagged, and nothing else happens to them. */
final class AttentionRunTest {
    @TempDir
    private Path task;

    @Test
    void aUnitThatIsDoneTooFastIsFlaggedAndStaysCompleted() throws Exception {
        List<ObjectNode> rows = rowsAfter(run().taskOption("minimum_seconds", 3600), Map.of("label", "good"));

        assertThat(flags(rows.getFirst())).hasSize(1);
        assertThat(flags(rows.getFirst()).getFirst()).matches("done in \\d+\\.\\d s, minimum_seconds is 3600");
        assertThat(rows.getFirst().path("status").asText()).isEqualTo("completed");
    }

    @Test
    void aUnitThatIsDoneInTimeIsNotFlagged() throws Exception {
        List<ObjectNode> rows = rowsAfter(run().taskOption("minimum_seconds", 0.001), Map.of("label", "good"));

        assertThat(flags(rows.getFirst())).isEmpty();
    }

    @Test
    void everyFailedCheckIsFlaggedBesideWhatTheBlueprintFlags() throws Exception {
        Files.writeString(task.resolve("Hooks.java"), """
                import org.mephisto.spi.blueprint.AgentState;
                public class Hooks {
                    public boolean careful(AgentState state) {
                        return state.submission().orElseThrow().text("label").equals("good");
                    }
                    public boolean broken() {
                        throw new IllegalStateException("no model");
                    }
                }
                """);
        List<Map<String, ?>> checks = List.of(
                Map.of("expect", Map.of("trap", "blue")),
                Map.of("expect", Map.of("label", "bad")),
                Map.of("java", "careful"),
                Map.of("java", "broken"));

        List<ObjectNode> rows =
                rowsAfter(run().stateOption("attention_checks", checks), Map.of("label", "bad", "trap", "red"));

        assertThat(flags(rows.getFirst()))
                .hasSize(4)
                .startsWith("the label is bad", "attention check 1 failed", "attention check 3 failed");
        assertThat(flags(rows.getFirst()).getLast()).startsWith("attention check 4 could not be made:");
    }

    @Test
    void passedChecksLeaveNoTrace() throws Exception {
        List<ObjectNode> rows = rowsAfter(
                run().stateOption("attention_checks", List.of(Map.of("expect", Map.of("trap", "blue")))),
                Map.of("label", "good", "trap", "blue"));

        assertThat(flags(rows.getFirst())).isEmpty();
    }

    private TestRun.Builder run() {
        return TestRun.of(new CountingBlueprintFactory()).taskDirectory(task).blueprintOption("assignments", 1);
    }

    private static List<ObjectNode> rowsAfter(TestRun.Builder builder, Map<String, ?> submission) throws Exception {
        try (TestRun run = builder.start()) {
            run.worker("ann").register().submit(submission);
            run.awaitEnd();
            return run.rows();
        }
    }

    private static List<String> flags(ObjectNode row) {
        List<String> flags = new ArrayList<>();
        row.path("flags").forEach(flag -> flags.add(flag.asText()));
        return flags;
    }
}
