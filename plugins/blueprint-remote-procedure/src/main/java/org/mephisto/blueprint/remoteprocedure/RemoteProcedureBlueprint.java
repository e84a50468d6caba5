package org.mephisto.blueprint.remoteprocedure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BundlePage;
import org.mephisto.spi.blueprint.GoldArgs;
import org.mephisto.spi.blueprint.OnboardingArgs;
import org.mephisto.spi.blueprint.OnboardingSession;
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
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.Worker;

/** One run of a page that calls functions. Thread-safe but for the data, which the launching thread draws. */
record RemoteProcedureBlueprint(RemoteProcedureConfig config, BundlePage page, StaticTaskData data, Functions functions)
        implements Blueprint, OnboardsWorkers, ScreensWorkers, UsesGoldUnits {
    static final String TASK_DATA = "task_data";

    @Override
    public TaskBuilder taskBuilder() {
        return page;
    }

    @Override
    public TaskRunner taskRunner() {
        functions.start();
        return new Runner(functions);
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
        functions.close();
        data.close();
    }

    private record Runner(Functions functions) implements UnitTaskRunner {
        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public JsonValue initData(AssignmentData assignment, Unit unit, Worker worker) {
            return initData(assignment.shared().node(), Json.array());
        }

        @Override
        public JsonValue initDataOnReturn(AgentState state) {
            return initData(state.initData().node().path(TASK_DATA), RecordedCalls.entries(state.updates()));
        }

        private static JsonValue initData(JsonNode taskData, ArrayNode previousRequests) {
            ObjectNode data = Json.object();
            data.set(TASK_DATA, taskData);
            data.set("previous_requests", previousRequests);
            return JsonValue.of(data);
        }

        @Override
        public UnitOutcome runUnit(UnitSession session) throws InterruptedException {
            new PageCalls(session.agent(), functions).run();
            return UnitOutcome.completed();
        }

        @Override
        public void runOnboarding(OnboardingSession session) throws InterruptedException {
            new PageCalls(session.agent(), functions).run();
        }
    }
}
