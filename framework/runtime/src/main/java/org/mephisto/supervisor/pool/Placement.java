package org.mephisto.supervisor.pool;

import java.time.Instant;
import java.util.Optional;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.spi.model.Worker;
import org.mephisto.store.AgentStore.NewAgent;
import org.mephisto.store.Judgement;
import org.mephisto.store.Judgement.Kind;
import org.mephisto.store.NewUnits;
import org.mephisto.store.Transaction;
import org.mephisto.supervisor.eligibility.SpecialItem;
import org.mephisto.supervisor.eligibility.Standing;
import org.mephisto.supervisor.pool.AgentDetails.Registered;
import org.mephisto.supervisor.pool.UnitPool.FreeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts workers on units: stores agent and reservation in one transaction, then begins. The caller holds the worker's lock. */
final class Placement {
    private static final Logger LOG = LoggerFactory.getLogger(Placement.class);
    /** A special unit is made together with its agent, so it has no id yet when its page's data are asked for. */
    private static final long NOT_YET = 0;

    private final RunContext run;
    private final UnitPool units;
    private final Agents agents;
    private final AssignmentCache assignments;

    Placement(RunContext run, UnitPool units, Agents agents, AssignmentCache assignments) {
        this.run = run;
        this.units = units;
        this.agents = agents;
        this.assignments = assignments;
    }

    /**
     * Begins a unit that has been taken from the pool. Empty when it turns out not to be free in the database.
     *
     * @param expected where the worker is to stand; that is looked at in the same transaction
     * @throws StandingChangedException when the worker stands elsewhere; the unit goes back to the pool then
     */
    Optional<Registered> begin(PoolWorker worker, String registrationId, FreeUnit free, Standing expected) {
        boolean judges = expected.screeningDue();
        boolean begun = false;
        try {
            Unit unit =
                    new Unit(free.unitId(), free.assignmentId(), run.taskRun().id(), free.index(), UnitStatus.ASSIGNED);
            Page page = page(worker, registrationId, assignments.get(free.assignmentId()), unit);
            long agentId = run.store().inTransaction(tx -> {
                requireStanding(tx, worker, expected);
                long id = create(tx, page, unit);
                if (judges) {
                    tx.judgements().add(judgement(id, page, Kind.SCREENING, Optional.empty()), page.now());
                }
                return id;
            });
            begun = true;
            return Optional.of(begun(
                    page, agentId, unit, judges ? Optional.of(Kind.SCREENING) : Optional.empty(), Optional.empty()));
        } catch (UnitTakenException e) {
            begun = true;
            LOG.debug("Unit {} is no longer free in the database.", free.unitId());
            return Optional.empty();
        } finally {
            if (!begun) {
                units.add(free);
            }
        }
    }

    private void requireStanding(Transaction tx, PoolWorker worker, Standing expected) {
        if (!run.eligibility().readsQualifications() || tx.qualifications().isStill(worker.standingStamp())) {
            return;
        }
        Worker row = worker.worker();
        Standing standing = run.eligibility()
                .standing(row.providerType(), tx.qualifications().listGranted(row.id()));
        if (!standing.equals(expected)) {
            throw new StandingChangedException();
        }
        worker.stands(standing, tx.qualifications().stamp());
    }

    /** Makes a special unit of the item, and begins it. */
    Registered beginSpecial(PoolWorker worker, String registrationId, Kind kind, SpecialItem item) {
        int index = kind == Kind.SCREENING ? Unit.SCREENING_INDEX : Unit.GOLD_INDEX;
        long runId = run.taskRun().id();
        Unit unmade = new Unit(NOT_YET, NOT_YET, runId, index, UnitStatus.ASSIGNED);
        Page page = page(worker, registrationId, item.assignment(), unmade);
        Made made = run.store().inTransaction(tx -> {
            NewUnits created = tx.assignments().createSpecial(runId, item.assignment(), index, UnitStatus.LAUNCHED);
            Unit unit = new Unit(created.unitId(0), created.assignmentId(0), runId, index, UnitStatus.ASSIGNED);
            long id = create(tx, page, unit);
            tx.judgements().add(judgement(id, page, kind, Optional.of(item)), page.now());
            return new Made(unit, id);
        });
        return begun(page, made.agentId(), made.unit(), Optional.of(kind), Optional.of(item));
    }

    private record Made(Unit unit, long agentId) {}

    /** What a page is to be given, and to whom. */
    private record Page(
            PoolWorker worker,
            String registrationId,
            String secret,
            JsonValue initData,
            boolean isShared,
            Instant now) {}

    private Page page(PoolWorker worker, String registrationId, AssignmentData assignment, Unit unit) {
        JsonValue initData = run.taskRunner().initData(assignment, unit, worker.worker());
        boolean isShared = initData.equals(assignment.shared());
        // Text from here on, written here and not on the one thread that writes to the database.
        JsonValue text = JsonValue.ofText(initData.text());
        return new Page(
                worker,
                registrationId,
                AgentId.newSecret(),
                text,
                isShared,
                run.clock().instant());
    }

    private long create(Transaction tx, Page page, Unit unit) {
        long workerId = page.worker().worker().id();
        long id = tx.agents()
                .create(new NewAgent(
                        page.secret(),
                        unit.id(),
                        workerId,
                        run.taskRun().id(),
                        page.registrationId(),
                        agents.firstStatus(),
                        page.isShared() ? Optional.empty() : Optional.of(page.initData()),
                        page.now()));
        if (!tx.units().reserve(unit.id(), id, workerId)) {
            throw new UnitTakenException();
        }
        return id;
    }

    private Judgement judgement(long agentId, Page page, Kind kind, Optional<SpecialItem> item) {
        return new Judgement(
                agentId,
                page.worker().worker().id(),
                run.taskRun().id(),
                kind,
                item.map(SpecialItem::key),
                kind == Kind.GOLD ? item.flatMap(SpecialItem::expect) : Optional.empty(),
                Optional.empty());
    }

    private Registered begun(Page page, long agentId, Unit unit, Optional<Kind> judges, Optional<SpecialItem> item) {
        PoolWorker worker = page.worker();
        worker.remember(page.registrationId(), agentId, unit.assignmentId());
        worker.began();
        judges.ifPresent(kind -> {
            worker.gates().judgedBy(judgement(agentId, page, kind, item));
            if (kind == Kind.GOLD) {
                item.ifPresent(each -> worker.gates().sawGold(each.key()));
            }
        });
        AgentId id = AgentId.ofAgent(agentId, page.secret());
        LiveAgent agent = agents.begin(id, worker, unit, page.now());
        return new Registered(worker.worker().id(), id.wire(), page.initData(), agent.status());
    }

    /** Rolls the transaction back: a qualification was granted or revoked meanwhile. */
    static final class StandingChangedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StandingChangedException() {
            super("changed", null, false, false);
        }
    }

    /** Rolls the transaction back. */
    private static final class UnitTakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnitTakenException() {
            super("taken", null, false, false);
        }
    }
}
