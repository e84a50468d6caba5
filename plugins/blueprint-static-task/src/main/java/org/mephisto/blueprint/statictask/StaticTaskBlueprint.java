package org.mephisto.blueprint.statictask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
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
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.Worker;

/** One run of an HTML task. Immutable but for the data, which the launching thread draws. */
record StaticTaskBlueprint(StaticTaskConfig config, StaticTaskFiles files, StaticTaskData data, String title)
        implements Blueprint, OnboardsWorkers, ScreensWorkers, UsesGoldUnits {

    @Override
    public TaskBuilder taskBuilder() {
        return this::build;
    }

    private void build(Path folder) throws IOException {
        PageFolder page = new PageFolder(folder);
        page.writePage(StaticTaskBlueprint.class, "index.html", "index.html", title);
        if (files.extra().isPresent()) {
            page.copyContents(files.extra().get());
        }
        page.copyFile(files.task(), files.taskName());
        page.copyFile(files.preview().orElse(files.task()), "preview.html");
        if (files.onboarding().isPresent()) {
            page.copyFile(files.onboarding().get(), "onboarding.html");
        }
        page.copyResource(StaticTaskBlueprint.class, "html-task.js", "bundle.js");
    }

    @Override
    public TaskRunner taskRunner() {
        return new Runner(files.taskName());
    }

    /** The item's fields, and as {@code html} the template to show. */
    static JsonValue initData(AssignmentData assignment, String taskName) {
        ObjectNode data = JsonValue.of(assignment.shared()).object().deepCopy();
        data.put("html", taskName);
        return JsonValue.of(data);
    }

    @Override
    public Stream<AssignmentData> assignments() {
        return data.assignments();
    }

    @Override
    public Map<String, Object> frontendArgs() {
        return config.escapeHtml() ? Map.of("escape_html", true) : Map.of();
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

    /** Waits for the form; there is nothing else to do on the server. */
    private record Runner(String taskName) implements UnitTaskRunner {
        @Override
        public JsonValue initData(AssignmentData assignment, Unit unit, Worker worker) {
            return StaticTaskBlueprint.initData(assignment, taskName);
        }

        @Override
        public UnitOutcome runUnit(UnitSession session) throws InterruptedException {
            session.awaitSubmit();
            return UnitOutcome.completed();
        }
    }
}
