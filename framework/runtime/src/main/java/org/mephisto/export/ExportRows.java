package org.mephisto.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mephisto.registry.Registry;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.ParsedData;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.model.Task;
import org.mephisto.spi.model.TaskRun;
import org.mephisto.store.AgentRow;
import org.mephisto.store.Review;
import org.mephisto.store.Store;
import org.mephisto.store.UnitWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of a task's export. Thread-safe. */
public final class ExportRows {
    private static final Logger LOG = LoggerFactory.getLogger(ExportRows.class);

    private final Store store;
    private final Registry registry;

    /** @param registry knows how each blueprint's data look */
    public ExportRows(Store store, Registry registry) {
        this.store = store;
        this.registry = registry;
    }

    /**
     * Gives one row for each unit of all the task's runs, in the order of their ids, with the columns of {@link ExportWriter#COLUMNS}.
     *
     * @throws MephistoException {@code NOT_FOUND} when there is no task of this name
     */
    public void forEach(String taskName, Consumer<ObjectNode> consumer) {
        store.read(tx -> {
            Task task = tx.tasks()
                    .find(taskName)
                    .orElseThrow(() -> unknownTask(taskName, tx.tasks().list()));
            var runIds = tx.taskRuns().listByTask(task.id()).stream()
                    .map(TaskRun::id)
                    .toList();
            tx.units().forEachWork(runIds, work -> consumer.accept(row(work)));
            return true;
        });
    }

    private static MephistoException unknownTask(String name, List<Task> known) {
        return new MephistoException(
                ErrorCode.NOT_FOUND,
                "There is no task \"" + name + "\" in this database. "
                        + (known.isEmpty()
                                ? "No task has been launched with it yet."
                                : "There are: "
                                        + String.join(
                                                ", ",
                                                known.stream().map(Task::name).toList()) + "."));
    }

    private ObjectNode row(UnitWork work) {
        ObjectNode row = Json.object();
        row.put("task_name", work.taskName());
        row.put("task_run_id", work.unit().taskRunId());
        row.put("assignment_id", work.unit().assignmentId());
        row.put("unit_id", work.unit().id());
        row.put("unit_index", work.unit().index());
        for (String column : ExportWriter.WORK_COLUMNS) {
            row.putNull(column);
        }
        row.put("status", work.unit().status().word());
        work.work().ifPresent(done -> fill(row, work.blueprintType(), done));
        row.set("flags", Json.toNode(work.flags()));
        row.set("review", work.review().map(ExportRows::review).orElseGet(Json::object));
        return row;
    }

    private void fill(ObjectNode row, String blueprintType, UnitWork.Work work) {
        AgentRow agent = work.agent();
        row.put("worker_id", work.worker().id());
        row.put("worker_name", work.worker().name());
        row.put("agent_id", agent.id());
        row.put("task_start", agent.taskStart().toString());
        row.put("task_end", agent.taskEnd().map(Instant::toString).orElse(null));
        ParsedData parsed = parse(blueprintType, agent.state());
        row.set("inputs", parsed.inputs());
        // Whoever was left alone by a partner has submitted nothing, and has still talked.
        boolean hasWorked = agent.submission().isPresent() || !agent.updates().isEmpty();
        row.set("outputs", hasWorked ? parsed.outputs() : Json.MAPPER.nullNode());
        row.set("files", Json.toNode(agent.submission().map(Submission::files).orElse(List.of())));
        JsonNode metadata = agent.metadata().node();
        row.set("metadata", withLateness(metadata.path("default"), agent.submission()));
        row.set("tips", orEmptyList(metadata.path("tips")));
        row.set("feedback", orEmptyList(metadata.path("feedback")));
        row.set(
                "worker_opinion",
                metadata.has("worker_opinion") ? metadata.get("worker_opinion") : Json.MAPPER.nullNode());
    }

    /** The page's own metadata, and whether the submission came after the unit had ended for this worker. */
    private static ObjectNode withLateness(JsonNode pageMetadata, Optional<Submission> submission) {
        ObjectNode metadata = pageMetadata instanceof ObjectNode object ? object.deepCopy() : Json.object();
        if (submission.map(Submission::late).orElse(false)) {
            metadata.put("late", true);
        }
        return metadata;
    }

    private static JsonNode orEmptyList(JsonNode list) {
        return list.isMissingNode() ? Json.array() : list;
    }

    private ParsedData parse(String blueprintType, AgentState state) {
        if (registry.blueprintTypes().contains(blueprintType)) {
            BlueprintFactory factory = registry.getBlueprintFromType(blueprintType);
            try {
                return factory.parse(state);
            } catch (RuntimeException e) {
                LOG.warn("Blueprint {} cannot parse an agent's data; the row has them as they are.", blueprintType, e);
            }
        }
        return new ParsedData(
                state.initData().node(),
                state.submission().map(submission -> submission.data().node()).orElseGet(Json::object));
    }

    private static ObjectNode review(Review review) {
        ObjectNode json = Json.object();
        json.put("status", review.status().word());
        json.put("note", review.note().orElse(null));
        if (review.bonus().isPresent()) {
            json.put("bonus", review.bonus().getAsDouble());
        } else {
            json.putNull("bonus");
        }
        json.put("reviewer", review.reviewer());
        json.put("created_at", review.createdAt().toString());
        return json;
    }
}
