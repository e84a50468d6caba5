package org.mephisto.blueprint.staticreact;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.GoldArgs;
import org.mephisto.spi.blueprint.OnboardingArgs;
import org.mephisto.spi.blueprint.OnboardsWorkers;
import org.mephisto.spi.blueprint.PageFolder;
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
record StaticReactTaskBlueprint(
        StaticReactTaskConfig config, Path bundle, Optional<Path> extra, StaticTaskData data, String title)
        implements Blueprint, OnboardsWorkers, ScreensWorkers, UsesGoldUnits {

    @Override
    public TaskBuilder taskBuilder() {
        return this::build;
    }

    private void build(Path folder) throws IOException {
        PageFolder page = new PageFolder(folder);
        page.writePage(StaticReactTaskBlueprint.class, "index.html", "index.html", title);
        if (extra.isPresent()) {
            page.copyContents(extra.get());
        }
        if (config.linkTaskSource()) {
            page.linkFile(bundle, "bundle.js");
        } else {
            page.copyFile(bundle, "bundle.js");
        }
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
