package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.boot.Mephisto;
import org.mephisto.config.RunScriptConfig;
import org.mephisto.operator.Operator;
import org.mephisto.operator.RunningTaskRun;
import org.mephisto.spi.json.Json;

/** The Operator as a Java program uses it. */
final class OperatorTest {
    @TempDir
    private Path folder;

    @Test
    void severalRunsGoOnAtOnceAndEachIsItsOwn() {
        try (Mephisto mephisto = open()) {
            RunningTaskRun first = launch(mephisto, "first", 2);
            RunningTaskRun second = launch(mephisto, "second", 3);
            Operator operator = mephisto.operator(config(mephisto, "first", 1));
            List<RunningTaskRun> before = operator.getRunningTaskRuns();

            finish(first, 2);
            finish(second, 3);
            operator.waitForRunsThenShutdown();

            assertThat(before).containsExactlyInAnyOrder(first, second);
            assertThat(operator.getRunningTaskRuns()).isEmpty();
            assertThat(first.progress().completed()).isEqualTo(2);
            assertThat(second.progress().completed()).isEqualTo(3);
        }
    }

    @Test
    void shuttingDownTellsThoseAtWorkAndEndsAllRuns() {
        try (Mephisto mephisto = open()) {
            RunningTaskRun run = launch(mephisto, "only", 1);
            SimulatedAgent atWork = new SimulatedWorker(run.url(), "ann").register();

            mephisto.operator(config(mephisto, "only", 1)).shutdown();

            assertThat(atWork.hasUnit()).isTrue();
            assertThat(run.end()).isCompleted();
            assertThat(run.progress().expired()).isEqualTo(1);
        }
    }

    private Mephisto open() {
        Mephisto mephisto = Mephisto.withoutPlugins(
                Map.of("MEPHISTO_HOME", folder.resolve("home").toString()));
        mephisto.registry().register(new CountingBlueprintFactory());
        mephisto.registry().register(new TestArchitectFactory());
        mephisto.registry().register(new TestProviderFactory());
        return mephisto;
    }

    private static RunningTaskRun launch(Mephisto mephisto, String name, int assignments) {
        RunScriptConfig config = config(mephisto, name, assignments);
        return mephisto.operator(config).validateAndRunConfig(config);
    }

    private static RunScriptConfig config(Mephisto mephisto, String name, int assignments) {
        Map<String, ?> task = Map.of(
                "task_name",
                name,
                "task_title",
                name,
                "task_description",
                name,
                "task_reward",
                0,
                "task_tags",
                "test",
                "closing_time_in_seconds",
                0);
        Map<String, ?> groups = Map.of(
                "blueprint", Map.of("_blueprint_type", "counting", "assignments", assignments),
                "architect", Map.of("_architect_type", "test"),
                "provider", Map.of("_provider_type", "test"),
                "task", task);
        return mephisto.configs().loadText(Json.write(Map.of("mephisto", groups)), Path.of(""), List.of());
    }

    private static void finish(RunningTaskRun run, int units) {
        for (int i = 0; i < units; i++) {
            new SimulatedWorker(run.url(), "ann").register().submit(Map.of("label", "good"));
        }
    }
}
