package org.mephisto.blueprint.statictask;

import java.nio.file.Path;
import java.util.Optional;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.GoldArgs;
import org.mephisto.spi.blueprint.OnboardingArgs;
import org.mephisto.spi.blueprint.ScreeningArgs;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.blueprint.StaticTaskArgs;
import org.mephisto.spi.config.TaskArgs;

/** What the host would give. Immutable. */
record TestContext(Path taskDirectory, StaticTaskConfig config, SharedTaskState sharedState)
        implements BlueprintContext {
    static final ScreeningArgs NO_SCREENING = new ScreeningArgs(Optional.empty(), Optional.empty(), false);
    static final GoldArgs NO_GOLDS = new GoldArgs(Optional.empty(), Optional.empty(), false, 1, 0);
    static final OnboardingArgs NO_ONBOARDING = new OnboardingArgs(Optional.empty());

    /** Options with a template and a CSV file, both in the task's folder. */
    static StaticTaskConfig config(String taskSource, Optional<Path> dataCsv) {
        return new StaticTaskConfig(
                Path.of(taskSource),
                Optional.empty(),
                Optional.empty(),
                true,
                data(dataCsv),
                NO_ONBOARDING,
                NO_SCREENING,
                NO_GOLDS);
    }

    static StaticTaskArgs data(Optional<Path> dataCsv) {
        return new StaticTaskArgs(1, "", Optional.empty(), Optional.empty(), Optional.empty(), dataCsv);
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
