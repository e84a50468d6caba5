package org.mephisto.blueprint.statictask;

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
    private static final String HTML = "html";

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

    /**
     * The item's fields, and as {@code html} the template to show. It is stored with the assignment, so that a unit's page gets what is there
     * and nothing has to be stored for each agent; an item without it, a gold one say, is given it here.
     */
    static JsonValue initData(AssignmentData assignment, String taskName) {
        JsonValue shared = assignment.shared();
        return shared.string(HTML).filter(taskName::equals).isPresent() ? shared : withHtml(shared, taskName);
    }

    private static JsonValue withHtml(JsonValue item, String taskName) {
        return JsonValue.of(item.object().deepCopy().put(HTML, taskName));
    }

    @Override
    public Stream<AssignmentData> assignments() {
        return data.assignments()
                .map(each -> new AssignmentData(withHtml(each.shared(), files.taskName()), each.unitData()));
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
