package templatetask;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.json.JsonValue;

/** The class alone, without anything running. */
final class TemplateTaskBlueprintTest {
    private static final TemplateTaskConfig CONFIG =
            new TemplateTaskConfig(List.of("It rains.", "The sun shines."), List.of("good", "bad"), 3);

    private final TemplateTaskBlueprint blueprint = new TemplateTaskBlueprint(CONFIG);

    @Test
    void everySentenceIsAnAssignmentWithAUnitForEachPerson() {
        List<AssignmentData> assignments = blueprint.assignments().toList();

        assertThat(assignments).hasSize(2);
        assertThat(assignments.getFirst().shared().node().path("sentence").asText()).isEqualTo("It rains.");
        assertThat(assignments.getFirst().unitData()).hasSize(3);
    }

    @Test
    void theFolderHasThePage(@TempDir Path folder) throws IOException {
        blueprint.taskBuilder().buildInDir(folder);

        assertThat(folder.resolve("index.html")).content().contains("wrap_crowd_source.js", "mephisto-task.js");
    }

    @Test
    void aKnownLabelNeedsNoAttention() {
        UnitOutcome outcome = blueprint.outcome(submission("good"));

        assertThat(outcome.flags()).isEmpty();
    }

    @Test
    void anUnknownLabelIsFlagged() {
        UnitOutcome outcome = blueprint.outcome(submission("so-so"));

        assertThat(outcome.flags()).containsExactly("The label \"so-so\" is not one of [good, bad].");
    }

    @Test
    void allProblemsOfAConfigurationAreNamed() {
        TemplateTaskConfig config = new TemplateTaskConfig(List.of(), List.of("good"), 1);

        assertThat(config.problems())
                .extracting(Problem::path)
                .containsExactly("mephisto.blueprint.sentences", "mephisto.blueprint.labels");
    }

    private static Submission submission(String label) {
        return new Submission(JsonValue.of(Map.of("label", label)), List.of(), Instant.EPOCH, false);
    }
}
