package org.mephisto.blueprint.remoteprocedure;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.GoldArgs;
import org.mephisto.spi.blueprint.OnboardingArgs;
import org.mephisto.spi.blueprint.ScreeningArgs;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.blueprint.StaticTaskArgs;
import org.mephisto.spi.config.TaskArgs;

/** What the host would give. Immutable. */
record TestContext(Path taskDirectory, RemoteProcedureConfig config, SharedTaskState sharedState)
        implements BlueprintContext {
    static final ScreeningArgs NO_SCREENING = new ScreeningArgs(Optional.empty(), Optional.empty(), false);
    static final GoldArgs NO_GOLDS = new GoldArgs(Optional.empty(), Optional.empty(), false, 1, 0);
    static final OnboardingArgs NO_ONBOARDING = new OnboardingArgs(Optional.empty());

    /** Options with a bundle and a JSON file, both in the task's folder. */
    static RemoteProcedureConfig config(String taskSource, Map<String, FunctionConfig> functions) {
        StaticTaskArgs data = new StaticTaskArgs(
                1, "", Optional.empty(), Optional.of(Path.of("data.json")), Optional.empty(), Optional.empty());
        return new RemoteProcedureConfig(
                Path.of(taskSource), false, functions, data, NO_ONBOARDING, NO_SCREENING, NO_GOLDS);
    }

    @Override
    public <C extends Record> C config(Class<C> type) {
        return type.cast(config);
    }

    @Override
    public TaskArgs task() {
        return new TaskArgs(
                Optional.of("test"),
                "Judge <this>",
                "Description",
                0.1,
                "a,b",
                100,
                100,
                100,
                0,
                0,
                0,
                10,
                0,
                0,
                15,
                true,
                "",
                false,
                false);
    }

    @Override
    public Path dataDirectory() {
        return taskDirectory;
    }
}
