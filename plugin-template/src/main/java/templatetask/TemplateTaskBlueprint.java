package templatetask;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.blueprint.TaskBuilder;
import org.mephisto.spi.blueprint.TaskRunner;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.blueprint.UnitSession;
import org.mephisto.spi.blueprint.UnitTaskRunner;
import org.mephisto.spi.json.Json;

/** One task run's work. Immutable, so that all units may use it at once. */
record TemplateTaskBlueprint(TemplateTaskConfig config) implements Blueprint {
    /** What there is to do: an assignment for each sentence. The page gets the map as its {@code initialTaskData}. */
    @Override
    public Stream<AssignmentData> assignments() {
        return config.sentences().stream()
                .map(sentence -> AssignmentData.of(
                        Json.toNode(Map.of("sentence", sentence, "labels", config.labels())),
                        config.unitsPerAssignment()));
    }

    /** The page: the files that workers' browsers load. */
    @Override
    public TaskBuilder taskBuilder() {
        return TemplateTaskBlueprint::writePage;
    }

    /** The server side: plain blocking code for one worker. Disconnects and time-outs are the framework's. */
    @Override
    public TaskRunner taskRunner() {
        UnitTaskRunner runner = this::runUnit;
        return runner;
    }

    private UnitOutcome runUnit(UnitSession session) throws InterruptedException {
        return outcome(session.awaitSubmit());
    }

    /** Rejecting is the reviewer's decision; code only calls their attention. */
    UnitOutcome outcome(Submission submission) {
        String label = submission.text("label");
        return config.labels().contains(label)
                ? UnitOutcome.completed()
                : UnitOutcome.flagged("The label \"" + label + "\" is not one of " + config.labels() + ".");
    }

    private static void writePage(Path folder) throws IOException {
        try (InputStream page = TemplateTaskBlueprint.class.getResourceAsStream("index.html")) {
            if (page == null) {
                throw new FileNotFoundException("The plugin's jar has no \"templatetask/index.html\"; build it again.");
            }
            Files.copy(page, folder.resolve("index.html"));
        }
    }
}
