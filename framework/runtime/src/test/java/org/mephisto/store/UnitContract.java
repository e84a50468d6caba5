package org.mephisto.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.TaskRun;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;

/** Assignments and units. */
interface UnitContract extends StoreUnderTest {
    @Test
    default void createdUnitsComeInTheOrderOfTheirAssignmentsAndIndexes() {
        TaskRun run = run("t");
        List<AssignmentData> data = IntStream.range(0, 1_000)
                .mapToObj(i -> AssignmentData.of(Json.toNode(Map.of("n", i)), 1 + i % 3))
                .toList();

        NewUnits units = store().inTransaction(tx -> tx.assignments().create(run.id(), data, UnitStatus.CREATED));

        int at = 0;
        for (int i = 0; i < data.size(); i++) {
            for (int index = 0; index < 1 + i % 3; index++, at++) {
                int unit = at;
                Unit stored =
                        store().read(tx -> tx.units().find(units.unitId(unit))).orElseThrow();
                assertThat(stored)
                        .isEqualTo(new Unit(
                                units.unitId(at), units.assignmentId(at), run.id(), index, UnitStatus.CREATED));
                assertThat(units.index(at)).isEqualTo(index);
            }
            int last = at - 1;
            assertThat(data(tx -> tx.assignments().data(units.assignmentId(last))))
                    .isEqualTo(data.get(i));
        }
        assertThat(units.size()).isEqualTo(at);
    }

    @Test
    default void aSpecialUnitHasAnAssignmentOfItsOwn() {
        TaskRun run = run("t");
        AssignmentData gold = AssignmentData.single(Map.of("expect", "yes"));

        NewUnits units = store().inTransaction(
                        tx -> tx.assignments().createSpecial(run.id(), gold, Unit.GOLD_INDEX, UnitStatus.LAUNCHED));

        assertThat(units.size()).isEqualTo(1);
        assertThat(found(tx -> tx.units().find(units.unitId(0))))
                .hasValueSatisfying(unit -> assertThat(unit.isSpecial()).isTrue());
        assertThat(data(tx -> tx.assignments().data(units.assignmentId(0)))).isEqualTo(gold);
    }

    @Test
    default void anAssignmentThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> store().read(tx -> tx.assignments().data(4711)))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
                .hasMessageContaining("\"4711\"");
    }

    @Test
    default void ofHundredsWhoReserveOneUnitExactlyOneWins() throws Exception {
        TaskRun run = run("t");
        long unit = units(run, 1).unitId(0);
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int i = 1; i <= 400; i++) {
            long agent = i;
            callers.add(() -> store().inTransaction(tx -> tx.units().reserve(unit, agent, agent)));
        }

        int winners = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> won : threads.invokeAll(callers)) {
                winners += won.get() ? 1 : 0;
            }
        }

        assertThat(winners).isEqualTo(1);
        assertThat(statusOf(unit)).isEqualTo(UnitStatus.ASSIGNED);
    }

    @Test
    default void twoProcessesNeverReserveTheSameUnit() throws Exception {
        TaskRun run = run("t");
        NewUnits units = units(run, 50);
        List<Callable<Boolean>> callers = new ArrayList<>();

        int winners = 0;
        try (Store other = openAgain();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < units.size(); i++) {
                long unit = units.unitId(i);
                callers.add(() -> store().inTransaction(tx -> tx.units().reserve(unit, 1, 1)));
                callers.add(() -> other.inTransaction(tx -> tx.units().reserve(unit, 2, 2)));
            }
            for (Future<Boolean> won : threads.invokeAll(callers)) {
                winners += won.get() ? 1 : 0;
            }
        }

        assertThat(winners).isEqualTo(units.size());
    }

    @Test
    default void onlyALaunchedUnitCanBeReserved() {
        TaskRun run = run("t");
        NewUnits units = store().inTransaction(tx ->
                tx.assignments().create(run.id(), List.of(AssignmentData.single(Map.of())), UnitStatus.CREATED));

        assertThat(reserve(units.unitId(0), 1)).isFalse();
        assertThat(change(units.unitId(0), UnitStatus.CREATED, UnitStatus.LAUNCHED))
                .isTrue();
        assertThat(change(units.unitId(0), UnitStatus.CREATED, UnitStatus.EXPIRED))
                .isFalse();
        assertThat(reserve(units.unitId(0), 1)).isTrue();
    }

    @Test
    default void onlyItsOwnAgentReleasesOrCompletesAUnit() {
        long unit = units(run("t"), 1).unitId(0);
        reserve(unit, 7);

        assertThat(release(unit, 8, UnitStatus.LAUNCHED)).isFalse();
        assertThat(complete(unit, 8)).isFalse();
        assertThat(release(unit, 7, UnitStatus.LAUNCHED)).isTrue();
        assertThat(release(unit, 7, UnitStatus.LAUNCHED)).isFalse();
        assertThat(complete(unit, 7)).isFalse();
        assertThat(reserve(unit, 8)).isTrue();
        assertThat(complete(unit, 8)).isTrue();
        assertThat(complete(unit, 8)).isFalse();
        assertThat(statusOf(unit)).isEqualTo(UnitStatus.COMPLETED);
    }

    @Test
    default void expiringARunLeavesWhatSomebodyHasBegun() {
        TaskRun run = run("t");
        NewUnits units = units(run, 3);
        long other = units(run("other"), 1).unitId(0);
        reserve(units.unitId(1), 7);

        List<Unit> expired = store().inTransaction(tx -> tx.units().expireOpen(run.id()));

        assertThat(expired).extracting(Unit::id).containsExactly(units.unitId(0), units.unitId(2));
        assertThat(expired).extracting(Unit::status).containsOnly(UnitStatus.LAUNCHED);
        assertThat(mapped(tx -> tx.units().countByStatus(run.id())))
                .isEqualTo(Map.of(UnitStatus.EXPIRED, 2L, UnitStatus.ASSIGNED, 1L));
        assertThat(statusOf(other)).isEqualTo(UnitStatus.LAUNCHED);
    }

    @Test
    default void unitsThatPeopleDoTogetherAreOfferedAgainOnlyWhereNobodyHasBegunOrAllHaveLeft() {
        TaskRun run = run("t");
        AssignmentData pair = AssignmentData.of(Json.toNode(Map.of("n", 1)), 2);
        NewUnits units = store().inTransaction(
                        tx -> tx.assignments().create(run.id(), Collections.nCopies(5, pair), UnitStatus.LAUNCHED));
        long bothLeft = units.unitId(0);
        leave(run, bothLeft);
        leave(run, units.unitId(1));
        agent(run, units.unitId(2), worker("at work"));
        long partnerAtWork = units.unitId(3);
        leave(run, partnerAtWork);
        long paid = agent(run, units.unitId(4), worker("paid"));
        long partnerPaid = units.unitId(5);
        leave(run, partnerPaid);
        long waiting = agent(run, units.unitId(6), worker("waiting"));
        store().inTransaction(tx -> {
            tx.units().complete(units.unitId(4), paid);
            tx.agents().changeStatus(waiting, AgentStatus.IN_TASK, AgentStatus.WAITING);
            return tx.units().expireOpen(run.id());
        });

        int offered = store().inTransaction(tx -> tx.units().relaunchExpiredTogether(run.id()));

        assertThat(offered).isEqualTo(5);
        assertThat(List.of(partnerAtWork, partnerPaid))
                .extracting(this::statusOf)
                .containsOnly(UnitStatus.EXPIRED);
        assertThat(List.of(bothLeft, units.unitId(1), units.unitId(7), units.unitId(8), units.unitId(9)))
                .extracting(this::statusOf)
                .containsOnly(UnitStatus.LAUNCHED);
    }

    /** Somebody begins a unit and is gone, for which nobody is to get it. */
    private void leave(TaskRun run, long unit) {
        long agent = agent(run, unit, worker("left-" + unit));
        store().inTransaction(tx -> tx.agents().finish(agent, AgentStatus.IN_TASK, AgentStatus.DISCONNECT, START)
                && tx.units().release(unit, agent, UnitStatus.EXPIRED));
    }

    @Test
    default void everyUnitIsWalkedOverInOrderWithItsLatestWorkFlagsAndReview() {
        TaskRun first = run("first");
        TaskRun second = run("second");
        NewUnits a = units(first, 1200);
        NewUnits b = units(second, 3);
        NewUnits c = units(first, 1);
        long unit = b.unitId(1);
        long left = agent(second, unit, worker("left"));
        release(unit, left, UnitStatus.LAUNCHED);
        long worker = worker("stayed");
        long agent = agent(second, unit, worker);
        Review review = new Review(
                unit, worker, UnitStatus.ACCEPTED, Optional.of("good"), OptionalDouble.of(0.25), "ann", START);
        store().inTransaction(tx -> {
            tx.agents().submit(agent, submission("yes"), AgentStatus.COMPLETED);
            tx.units().complete(unit, agent);
            tx.units().addFlags(unit, List.of("odd"));
            tx.units().addFlags(unit, List.of("odd", "short"));
            tx.reviews()
                    .add(new Review(
                            unit, worker, UnitStatus.REJECTED, Optional.empty(), OptionalDouble.empty(), "bob", START));
            tx.reviews().add(review);
            return true;
        });

        List<UnitWork> seen = new ArrayList<>();
        store().read(tx -> {
            tx.units().forEachWork(List.of(second.id(), first.id()), seen::add);
            return true;
        });

        assertThat(seen).hasSize(a.size() + b.size() + c.size());
        assertThat(seen).extracting(work -> work.unit().id()).isSorted().doesNotHaveDuplicates();
        assertThat(seen.getFirst().work()).isEmpty();
        assertThat(seen.getFirst().review()).isEmpty();
        assertThat(seen.getFirst().taskName()).isEqualTo("first");
        UnitWork done = seen.stream()
                .filter(work -> work.unit().id() == unit)
                .findFirst()
                .orElseThrow();
        assertThat(done.taskName()).isEqualTo("second");
        assertThat(done.blueprintType()).isEqualTo("static_task");
        assertThat(done.unit().status()).isEqualTo(UnitStatus.COMPLETED);
        assertThat(done.flags()).containsExactly("odd", "short");
        assertThat(done.review()).contains(review);
        assertThat(done.work()).hasValueSatisfying(work -> {
            assertThat(work.worker().name()).isEqualTo("stayed");
            assertThat(work.agent().id()).isEqualTo(agent);
            assertThat(work.agent().submission()).contains(submission("yes"));
        });
    }

    @Test
    default void walkingOverNoRunsVisitsNothing() {
        List<UnitWork> seen = new ArrayList<>();

        store().read(tx -> {
            tx.units().forEachWork(List.of(), seen::add);
            return true;
        });

        assertThat(seen).isEmpty();
    }

    private boolean reserve(long unit, long agent) {
        return store().inTransaction(tx -> tx.units().reserve(unit, agent, agent));
    }

    private boolean change(long unit, UnitStatus from, UnitStatus to) {
        return store().inTransaction(tx -> tx.units().changeStatus(unit, from, to));
    }

    private boolean release(long unit, long agent, UnitStatus to) {
        return store().inTransaction(tx -> tx.units().release(unit, agent, to));
    }

    private boolean complete(long unit, long agent) {
        return store().inTransaction(tx -> tx.units().complete(unit, agent));
    }

    private UnitStatus statusOf(long unit) {
        return store().read(tx -> tx.units().find(unit).orElseThrow().status());
    }
}
