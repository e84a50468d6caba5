package org.mephisto.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.blueprint.SubmittedFile;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.TaskRun;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.spi.model.Worker;
import org.mephisto.store.AgentStore.NewAgent;
import org.mephisto.store.WorkerStore.WorkedUnit;

/** Workers, agents and reviews. */
interface AgentContract extends StoreUnderTest {
    @Test
    default void aWorkerIsFoundOrMadeOnce() {
        var made = store().inTransaction(tx -> tx.workers().findOrCreate("ann", "mock"));
        var found = store().inTransaction(tx -> tx.workers().findOrCreate("ann", "mock"));

        assertThat(made.isNew()).isTrue();
        assertThat(found.isNew()).isFalse();
        assertThat(found.worker()).isEqualTo(made.worker());
        assertThat(found(tx -> tx.workers().find("ann", "mock"))).contains(made.worker());
        assertThat(found(tx -> tx.workers().find(made.worker().id()))).contains(made.worker());
        assertThat(found(tx -> tx.workers().find("bob", "mock"))).isEmpty();
    }

    @Test
    default void workersWhoseNamesDifferInCaseAccentOrSpacesOrProviderAreDifferentPeople() {
        List<String> names = List.of("ann", "Ann", "ann ", " ann", "änn", "🌍");

        List<Worker> workers = names.stream()
                .map(name -> store().inTransaction(
                                tx -> tx.workers().findOrCreate(name, "mock").worker()))
                .toList();
        Worker inhouse = store().inTransaction(
                        tx -> tx.workers().findOrCreate("ann", "inhouse").worker());

        assertThat(workers).extracting(Worker::id).doesNotHaveDuplicates().doesNotContain(inhouse.id());
        assertThat(workers).extracting(Worker::name).isEqualTo(names);
    }

    @Test
    default void aNameTooLongIsRefusedOnEveryEngine() {
        assertThat(catchThrowable(() -> worker("x".repeat(256)))).hasMessageContaining("256");
        assertThat(worker("x".repeat(255))).isPositive();
    }

    @Test
    default void anAgentIsReadAsItWasCreated() {
        TaskRun run = run("t");
        long unit = units(run, 1).unitId(0);
        NewAgent created = newAgent(run, unit, worker("ann"));

        long id = store().inTransaction(tx -> tx.agents().create(created));

        AgentRow agent = store().read(tx -> tx.agents().find(id)).orElseThrow();
        assertThat(agent)
                .isEqualTo(new AgentRow(
                        id,
                        created.secret(),
                        unit,
                        created.workerId(),
                        run.id(),
                        created.registrationId(),
                        AgentStatus.IN_TASK,
                        created.initData().orElseThrow(),
                        List.of(),
                        Optional.empty(),
                        JsonValue.emptyObject(),
                        START,
                        Optional.empty()));
        assertThat(found(tx -> tx.agents().find(id + 1))).isEmpty();
    }

    @Test
    default void anAgentWithoutInitDataOfItsOwnHasTheSharedDataOfTheAssignment() {
        TaskRun run = run("t");
        long unit = units(run, 1).unitId(0);
        NewAgent full = newAgent(run, unit, worker("ann"));

        long id = store().inTransaction(tx -> tx.agents()
                .create(new NewAgent(
                        full.secret(),
                        unit,
                        full.workerId(),
                        run.id(),
                        full.registrationId(),
                        full.status(),
                        Optional.empty(),
                        START)));

        assertThat(store().read(tx -> tx.agents().find(id)).orElseThrow().initData())
                .isEqualTo(JsonValue.of(Map.of("n", 0)));
    }

    @Test
    default void aSubmissionIsStoredOnceWithItsFilesAndEndsTheTask() {
        TaskRun run = run("t");
        long agent = agent(run, units(run, 1).unitId(0), worker("ann"));
        Submission late = new Submission(
                JsonValue.of(Map.of("label", "ünïcode 🌍")),
                List.of(new SubmittedFile("stored.png", "own.png", "photo", "image/png", 5_000_000_000L)),
                START.plusMillis(1500),
                true);

        boolean first = submit(agent, late, AgentStatus.TIMEOUT);
        boolean second = submit(agent, submission("other"), AgentStatus.COMPLETED);

        AgentRow stored = store().read(tx -> tx.agents().find(agent)).orElseThrow();
        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(stored.submission()).contains(late);
        assertThat(stored.status()).isEqualTo(AgentStatus.TIMEOUT);
        assertThat(stored.taskEnd()).contains(late.receivedAt());
    }

    private boolean submit(long agent, Submission submission, AgentStatus status) {
        return store().inTransaction(tx -> tx.agents().submit(agent, submission, status));
    }

    @Test
    default void aStatusChangesOnlyFromTheOneThatWasExpected() {
        TaskRun run = run("t");
        long agent = agent(run, units(run, 1).unitId(0), worker("ann"));

        boolean wrong = store().inTransaction(
                        tx -> tx.agents().changeStatus(agent, AgentStatus.WAITING, AgentStatus.COMPLETED));
        boolean right = store().inTransaction(
                        tx -> tx.agents().changeStatus(agent, AgentStatus.IN_TASK, AgentStatus.PARTNER_DISCONNECT));
        boolean late = store().inTransaction(
                        tx -> tx.agents().finish(agent, AgentStatus.IN_TASK, AgentStatus.DISCONNECT, START));
        boolean finished = store().inTransaction(
                        tx -> tx.agents().finish(agent, AgentStatus.PARTNER_DISCONNECT, AgentStatus.APPROVED, START));

        AgentRow stored = store().read(tx -> tx.agents().find(agent)).orElseThrow();
        assertThat(List.of(wrong, right, late, finished)).containsExactly(false, true, false, true);
        assertThat(stored.status()).isEqualTo(AgentStatus.APPROVED);
        assertThat(stored.taskEnd()).contains(START);
    }

    @Test
    default void openAgentsAreThoseOfTheRunWhoAreNotDone() {
        TaskRun run = run("t");
        TaskRun other = run("other");
        agent(other, units(other, 1).unitId(0), worker("elsewhere"));
        for (AgentStatus status : AgentStatus.values()) {
            long agent = agent(run, units(run, 1).unitId(0), worker("w-" + status.word()));
            store().inTransaction(tx -> tx.agents().changeStatus(agent, AgentStatus.IN_TASK, status));
        }

        List<AgentRow> open = store().read(tx -> tx.agents().listOpen(run.id()));

        assertThat(open)
                .extracting(AgentRow::status)
                .containsExactly(
                        AgentStatus.NONE,
                        AgentStatus.ACCEPTED,
                        AgentStatus.ONBOARDING,
                        AgentStatus.WAITING,
                        AgentStatus.IN_TASK);
    }

    @Test
    default void formerPartnersAreThoseWhoHadTheirUnitLastBesideSomebodyInTheTask() {
        TaskRun run = run("t");
        AssignmentData three = AssignmentData.of(Json.toNode(Map.of("n", 1)), 3);
        NewUnits units = store().inTransaction(
                        tx -> tx.assignments().create(run.id(), List.of(three, three), UnitStatus.LAUNCHED));
        long turnedBack = agent(run, units.unitId(1), worker("turned back"));
        store().inTransaction(tx -> tx.agents().finish(turnedBack, AgentStatus.IN_TASK, AgentStatus.RETURNED, START)
                && tx.units().release(units.unitId(1), turnedBack, UnitStatus.LAUNCHED));
        long gone = agent(run, units.unitId(1), worker("gone"));
        long done = agent(run, units.unitId(2), worker("done"));
        agent(run, units.unitId(0), worker("in the task"));
        long alone = agent(run, units.unitId(3), worker("alone"));
        store().inTransaction(tx -> tx.agents().finish(gone, AgentStatus.IN_TASK, AgentStatus.DISCONNECT, START)
                && tx.agents().submit(done, submission("a"), AgentStatus.COMPLETED)
                && tx.agents().finish(alone, AgentStatus.IN_TASK, AgentStatus.DISCONNECT, START));

        List<AgentRow> partners = store().read(tx -> tx.agents().listFormerPartners(run.id()));

        assertThat(partners).extracting(AgentRow::id).containsExactly(gone, done);
    }

    @Test
    default void metadataIsReplaced() {
        TaskRun run = run("t");
        long agent = agent(run, units(run, 1).unitId(0), worker("ann"));
        JsonValue tips = JsonValue.of(Map.of("tips", List.of("a")));

        store().inTransaction(tx -> {
            tx.agents().setMetadata(agent, JsonValue.of(Map.of("feedback", "x")));
            tx.agents().setMetadata(agent, tips);
            return true;
        });

        assertThat(store().read(tx -> tx.agents().find(agent)).orElseThrow().metadata())
                .isEqualTo(tips);
    }

    @Test
    default void aHistoryHasTheWorkersAgentsInAllRunsOfTheTaskAndNoOthers() {
        TaskRun first = run("task");
        TaskRun second = run("task");
        TaskRun foreign = run("another");
        long ann = worker("ann");
        NewUnits units = units(first, 2);
        long unitB = units(second, 1).unitId(0);
        long left = agent(first, units.unitId(0), ann);
        long done = agent(second, unitB, ann);
        agent(first, units.unitId(1), worker("bob"));
        agent(foreign, units(foreign, 1).unitId(0), ann);
        store().inTransaction(tx -> {
            tx.agents().finish(left, AgentStatus.IN_TASK, AgentStatus.RETURNED, START);
            return tx.units().release(units.unitId(0), left, UnitStatus.LAUNCHED);
        });

        List<WorkedUnit> history = store().read(tx -> tx.workers().history(ann, first.taskId()));

        assertThat(history)
                .containsExactly(
                        new WorkedUnit(
                                left,
                                "visit-" + units.unitId(0),
                                units.unitId(0),
                                units.assignmentId(0),
                                first.id(),
                                AgentStatus.RETURNED,
                                UnitStatus.LAUNCHED),
                        new WorkedUnit(
                                done,
                                "visit-" + unitB,
                                unitB,
                                store().read(tx ->
                                        tx.units().find(unitB).orElseThrow().assignmentId()),
                                second.id(),
                                AgentStatus.IN_TASK,
                                UnitStatus.ASSIGNED));
    }

    @Test
    default void reviewsAreKeptInTheirOrder() {
        long unit = units(run("t"), 1).unitId(0);
        Review rejected = new Review(
                unit, 1, UnitStatus.SOFT_REJECTED, Optional.of("poor"), OptionalDouble.empty(), "ann", START);
        Review accepted =
                new Review(unit, 1, UnitStatus.ACCEPTED, Optional.empty(), OptionalDouble.of(1.5), "bob", START);

        store().inTransaction(tx -> {
            tx.reviews().add(rejected);
            tx.reviews().add(accepted);
            return true;
        });

        assertThat(listed(tx -> tx.reviews().listByUnit(unit))).containsExactly(rejected, accepted);
        assertThat(listed(tx -> tx.reviews().listByUnit(unit + 1))).isEmpty();
    }
}
