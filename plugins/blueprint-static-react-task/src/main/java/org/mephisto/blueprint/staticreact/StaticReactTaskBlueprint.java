package org.mephisto.blueprint.staticreact;

import java.util.stream.Stream;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BundlePage;
import org.mephisto.spi.blueprint.GoldArgs;
import org.mephisto.spi.blueprint.OnboardingArgs;
import org.mephisto.spi.blueprint.OnboardsWorkers;
import org.mephisto.spi.blueprint.ScreeningArgs;
import org.mephisto.spi.blueprint.ScreensWorkers;
import org.mephisto.spi.blueprint.StaticTaskData;
import org.mephisto.spi.blueprint.TaskBuilder;
import org.mephisto.spi.blueprint.TaskRunner;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.blueprint.UnitSession;
import org.mephisto.spi.blueprint.UnitTaskRunner;
import org.mephisto.spi.blueprint.UsesGoldUnits;

/** One run of a bundled page. Immutable but for the data, which the launching thread draws. */
record StaticReactTaskBlueprint(StaticReactTaskConfig config, BundlePage page, StaticTaskData data)
        implements Blueprint, OnboardsWorkers, ScreensWorkers, UsesGoldUnits {

    @Override
    public TaskBuilder taskBuilder() {
        return page;
    }

    @Override
    public TaskRunner taskRunner() {
        return (UnitTaskRunner) StaticReactTaskBlueprint::awaitSubmit;
    }

    /** There is nothing else to do on the server. */
    private static UnitOutcome awaitSubmit(UnitSession session) throws InterruptedException {
        session.awaitSubmit();
        return UnitOutcome.completed();
    }

    @Override
    public Stream<AssignmentData> assignments() {
        return data.assignments();
    }

    @Override
    public OnboardingArgs onboarding() {
        return config.onboarding();
    }

    @Override
    public ScreeningArgs screening() {
        return config.screening();
    }

    @Override
    public GoldArgs golds() {
        return config.golds();
    }

    @Override
    public void close() {
        data.close();
    }
}
