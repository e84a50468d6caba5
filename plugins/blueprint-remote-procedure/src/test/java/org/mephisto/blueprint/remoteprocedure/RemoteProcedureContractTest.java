package org.mephisto.blueprint.remoteprocedure;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.testkit.BlueprintContract;
import org.mephisto.testkit.TestRun;

@SuppressWarnings("NullAway.Init")
final class RemoteProcedureContractTest extends BlueprintContract {
    @TempDir
    private Path task;

    @Override
    protected BlueprintFactory factory() {
        return new RemoteProcedureBlueprintFactory();
    }

    @Override
    protected TestRun.Builder twoUnits() {
        return TaskFiles.run(task)
                .sharedState(SharedTaskState.builder()
                        .functions(Map.of("same", (args, state) -> args))
                        .build());
    }

    @Override
    protected Map<String, ?> goodSubmission() {
        return Map.of("label", "good");
    }
}
