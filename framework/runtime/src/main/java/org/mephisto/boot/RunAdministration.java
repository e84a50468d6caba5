package org.mephisto.boot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mephisto.api.RunControl;
import org.mephisto.operator.Operator;
import org.mephisto.operator.RunningTaskRun;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.supervisor.pool.RunProgress.Counts;

/** The Operator's runs, for the administrative endpoint. Thread-safe. */
record RunAdministration(Operator operator) implements RunControl {
    @Override
    public List<ObjectNode> list() {
        return operator.getRunningTaskRuns().stream()
                .map(RunAdministration::json)
                .toList();
    }

    @Override
    public ObjectNode show(long taskRunId) {
        return json(require(taskRunId));
    }

    @Override
    public ObjectNode change(long taskRunId, Map<String, String> settings, String who) {
        RunningTaskRun run = require(taskRunId);
        run.change(settings, who);
        return json(run);
    }

    @Override
    public ObjectNode pause(long taskRunId, String who) {
        RunningTaskRun run = require(taskRunId);
        run.pause(who);
        return json(run);
    }

    @Override
    public ObjectNode resume(long taskRunId, String who) {
        RunningTaskRun run = require(taskRunId);
        run.unpause(who);
        return json(run);
    }

    @Override
    public ObjectNode stop(long taskRunId, String who) {
        RunningTaskRun run = require(taskRunId);
        run.stop(who);
        return json(run);
    }

    private RunningTaskRun require(long taskRunId) {
        List<RunningTaskRun> all = operator.getRunningTaskRuns();
        return all.stream()
                .filter(run -> run.taskRun().id() == taskRunId)
                .findFirst()
                .orElseThrow(() -> new MephistoException(
                        ErrorCode.NOT_FOUND,
                        "No run \"" + taskRunId + "\" is going on in this process. "
                                + all.stream()
                                        .map(run -> Long.toString(run.taskRun().id()))
                                        .collect(Collectors.joining(", ", "There are: ", "."))));
    }

    private static ObjectNode json(RunningTaskRun run) {
        Counts counts = run.progress();
        ObjectNode json = Json.object()
                .put("task_run_id", run.taskRun().id())
                .put("task_name", run.taskRun().taskName())
                .put("state", run.isStopping() ? "stopping" : run.isPaused() ? "paused" : "running")
                .put("url", run.url().toString());
        json.putObject("units")
                .put("created", counts.created())
                .put("launched", counts.launched())
                .put("in_work", counts.inWork())
                .put("completed", counts.completed())
                .put("expired", counts.expired());
        json.put("submissions_per_minute", counts.submissionsPerMinute());
        json.set("refusals", Json.toNode(counts.refusals()));
        json.set("settings", Json.toNode(run.settings()));
        return json;
    }
}
