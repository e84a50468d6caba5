package org.mephisto.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.RunTypes;
import org.mephisto.spi.model.TaskRun;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.store.AgentStore.NewAgent;

/** An empty database, opened; and short words for what a test begins with. */
interface StoreUnderTest {
    Instant START = Instant.ofEpochMilli(1_790_000_000_123L);

    Store store();

    /** Opens the same database again, as another process would. */
    Store openAgain();

    default <T> Optional<T> found(Store.Work<Optional<T>> work) {
        return store().read(work);
    }

    default <T> List<T> listed(Store.Work<List<T>> work) {
        return store().read(work);
    }

    default <K, V> Map<K, V> mapped(Store.Work<Map<K, V>> work) {
        return store().read(work);
    }

    default OptionalInt number(Store.Work<OptionalInt> work) {
        return store().read(work);
    }

    default AssignmentData data(Store.Work<AssignmentData> work) {
        return store().read(work);
    }

    default TaskRun run(String task) {
        return store().inTransaction(tx -> {
            long taskId = tx.tasks().findOrCreate(task).id();
            long requesterId = tx.requesters()
                    .register("r", "mock", JsonValue.emptyObject())
                    .id();
            return tx.taskRuns()
                    .create(
                            taskId,
                            requesterId,
                            new RunTypes("static_task", "local", "mock"),
                            JsonValue.of(Map.of("num", 1)));
        });
    }

    /** Launched units, each of an assignment of its own. */
    default NewUnits units(TaskRun run, int count) {
        List<AssignmentData> data = IntStream.range(0, count)
                .mapToObj(i -> AssignmentData.single(Map.of("n", i)))
                .toList();
        return store().inTransaction(tx -> tx.assignments().create(run.id(), data, UnitStatus.LAUNCHED));
    }

    default long worker(String name) {
        return store().inTransaction(
                        tx -> tx.workers().findOrCreate(name, "mock").worker().id());
    }

    /** An agent at work on the unit, which it has reserved. */
    default long agent(TaskRun run, long unitId, long workerId) {
        return store().inTransaction(tx -> {
            long agent = tx.agents().create(newAgent(run, unitId, workerId));
            tx.units().reserve(unitId, agent, workerId);
            return agent;
        });
    }

    default NewAgent newAgent(TaskRun run, long unitId, long workerId) {
        return new NewAgent(
                "secret",
                unitId,
                workerId,
                run.id(),
                "visit-" + unitId,
                AgentStatus.IN_TASK,
                Optional.of(JsonValue.of(Map.of("text", "héllo 🌍"))),
                START);
    }

    default Submission submission(String label) {
        return new Submission(JsonValue.of(Map.of("label", label)), List.of(), START.plusSeconds(60), false);
    }
}
