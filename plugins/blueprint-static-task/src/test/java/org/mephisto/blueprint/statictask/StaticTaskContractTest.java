package org.mephisto.blueprint.statictask;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.testkit.BlueprintContract;
import org.mephisto.testkit.TestRun;

final class StaticTaskContractTest extends BlueprintContract {
    @TempDir
    private Path task;

    @Override
    protected BlueprintFactory factory() {
        return new StaticTaskBlueprintFactory();
    }

    @Override
    protected TestRun.Builder twoUnits() {
        try {
            Files.writeString(task.resolve("task.html"), "<p>${text}</p><input name=\"label\">");
            Files.writeString(task.resolve("data.csv"), "text\nfirst\nsecond\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return TestRun.of(factory())
                .taskDirectory(task)
                .blueprintOption("task_source", "task.html")
                .blueprintOption("data_csv", "data.csv");
    }

    @Override
    protected Map<String, ?> goodSubmission() {
        return Map.of("label", "good");
    }

    @Test
    void goldUnitsWithoutDataAreRefusedAndNotIgnored() {
        TestRun.Builder asking = twoUnits()
                .taskOption("allowed_concurrent", 1)
                .blueprintOption("use_golds", true)
                .blueprintOption("gold_qualification_base", "checked");

        assertThatThrownBy(asking::start)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mephisto.shared_state.gold_data")
                .hasMessageContaining("is missing");
    }
}
