package org.mephisto.blueprint.staticreact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.testkit.BlueprintContract;
import org.mephisto.testkit.TestRun;

final class StaticReactTaskContractTest extends BlueprintContract {
    @TempDir
    private Path task;

    @Override
    protected BlueprintFactory factory() {
        return new StaticReactTaskBlueprintFactory();
    }

    @Override
    protected TestRun.Builder twoUnits() {
        try {
            Files.writeString(task.resolve("bundle.js"), "document.title = 'bundle';");
            Files.writeString(task.resolve("data.json"), "[{\"text\": \"first\"}, {\"text\": \"second\"}]");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return TestRun.of(factory())
                .taskDirectory(task)
                .blueprintOption("task_source", "bundle.js")
                .blueprintOption("data_json", "data.json");
    }

    @Override
    protected Map<String, ?> goodSubmission() {
        return Map.of("label", "good");
    }
}
