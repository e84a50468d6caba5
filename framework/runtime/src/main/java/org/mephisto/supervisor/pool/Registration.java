package org.mephisto.supervisor.pool;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.SharedTaskState.WorkerCanDoUnit;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.QualificationRequirement;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.spi.model.Worker;
import org.mephisto.store.AgentRow;
import org.mephisto.store.AgentStore.NewAgent;
import org.mephisto.supervisor.pool.AgentDetails.Refused;
import org.mephisto.supervisor.pool.AgentDetails.Registered;
import org.mephisto.supervisor.pool.UnitPool.FreeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The eligibility chain: what happens, in order, when a worker arrives. A worker's own registrations come one after the other; those of
 * different workers meet only at the unit pool and in the database.
 */
final class Registration {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
    private static final int LONGEST_REGISTRATION_ID = 512;

    private final RunContext run;
    private final Workers workers;
    private final UnitPool units;
    private final Agents agents;
    private final AssignmentCache assignments;

    Registration(RunContext run, Workers workers, UnitPool units, Agents agents, AssignmentCache assignments) {
        this.run = run;
        this.workers = workers;
        this.units = units;
        this.agents = agents;
        this.assignments = assignments;
    }

    /** @param providerData what the page and its provider script sent */
    AgentDetails registerAgent(JsonValue providerData) {
        PoolWorker worker;
        String registrationId;
        try {
            worker = workers.get(run.provider().workerName(providerData));
            registrationId = registrationId(providerData, worker.name);
        } catch (MephistoException e) {
            return new Refused(OptionalLong.empty(), FailureReason.INVALID_VISIT, e.getMessage());
        }
        worker.lock.lock();
        try {
            workers.load(worker);
            return reconnect(worker, registrationId)
                    .or(() -> firstRefusal(worker))
                    .orElseGet(() -> assignUnit(worker, registrationId));
        } finally {
            worker.lock.unlock();
        }
    }

    private static String registrationId(JsonValue providerData, String workerName) {
        String given = providerData.node().path("agent_registration_id").asText("");
        if (given.length() > LONGEST_REGISTRATION_ID) {
            throw new MephistoException(
                    ErrorCode.INVALID_INPUT,
                    "The link's visit id is longer than " + LONGEST_REGISTRATION_ID
                            + " characters. Open the task from the place where you found it.");
        }
        return given.isEmpty() ? providerData.node().path("assignment_id").asText("") + "-" + workerName : given;
    }

    private Optional<AgentDetails> reconnect(PoolWorker worker, String registrationId) {
        OptionalLong known = worker.probableAgentOf(registrationId);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        long agentId = known.getAsLong();
        AgentRow row = run.store().read(tx -> tx.agents().find(agentId)).orElseThrow();
        if (!row.registrationId().equals(registrationId)) {
            return Optional.empty();
        }
        if (agents.findLive(agentId).isPresent()
                || (row.submission().isPresent() && !row.status().isGone())) {
            JsonValue initData = run.taskRunner().isLive() ? agents.initDataOnReturn(row) : row.initData();
            return Optional.of(
                    new Registered(row.workerId(), new AgentId(row.id(), row.secret()).wire(), initData, row.status()));
        }
        return Optional.of(refuse(worker, FailureReason.TASK_MISSING));
    }

    private Optional<AgentDetails> firstRefusal(PoolWorker worker) {
        if (!isQualified(worker.worker())) {
            return Optional.of(refuse(worker, FailureReason.NOT_QUALIFIED));
        }
        int concurrent = run.task().allowedConcurrent();
        if (concurrent > 0 && worker.active() >= concurrent) {
            return Optional.of(refuse(worker, FailureReason.TOO_MANY_CONCURRENT));
        }
        int most = run.task().maximumUnitsPerWorker();
        if (most > 0 && worker.counted() >= most) {
            return Optional.of(refuse(worker, FailureReason.MAX_FOR_TASK));
        }
        return Optional.empty();
    }

    private boolean isQualified(Worker worker) {
        if (run.sharedState().qualifications().isEmpty()) {
            return true;
        }
        Map<String, Integer> granted =
                run.store().read(tx -> tx.qualifications().listGranted(worker.id()));
        for (QualificationRequirement requirement : run.sharedState().qualifications()) {
            Integer value = granted.get(requirement.qualificationName());
            if (requirement.appliesTo(worker.providerType())
                    && !requirement.isMetBy(value == null ? OptionalInt.empty() : OptionalInt.of(value))) {
                return false;
            }
        }
        return true;
    }

    /** Goes through the free units from where this worker has not looked yet. */
    private AgentDetails assignUnit(PoolWorker worker, String registrationId) {
        Assemblies assemblies = agents.assemblies();
        for (FreeUnit unit : assemblies.returned()) {
            if (!worker.hasWorkedOn(unit.assignmentId()) && userAllows(worker, unit) && assemblies.take(unit)) {
                Optional<AgentDetails> details = begin(worker, registrationId, unit);
                if (details.isPresent()) {
                    return details.get();
                }
            }
        }
        long position = worker.nextPosition();
        boolean allLookedAtForGood = true;
        while (true) {
            Optional<FreeUnit> found = units.peek(position);
            if (found.isEmpty()) {
                return refuse(worker, FailureReason.NO_AVAILABLE_UNITS);
            }
            FreeUnit unit = found.get();
            position = unit.position() + 1;
            boolean possible = !worker.hasWorkedOn(unit.assignmentId());
            if (possible && !userAllows(worker, unit)) {
                // The user's answer may change, so this position must be looked at again.
                allLookedAtForGood = false;
                continue;
            }
            if (allLookedAtForGood) {
                worker.lookedBefore(position);
            }
            if (possible && units.take(unit)) {
                Optional<AgentDetails> details = begin(worker, registrationId, unit);
                if (details.isPresent()) {
                    return details.get();
                }
            }
        }
    }

    private boolean userAllows(PoolWorker worker, FreeUnit free) {
        WorkerCanDoUnit rule = run.sharedState().workerCanDoUnit();
        if (rule == WorkerCanDoUnit.ALWAYS) {
            return true;
        }
        try {
            return rule.test(worker.worker(), unit(free, UnitStatus.LAUNCHED));
        } catch (RuntimeException e) {
            LOG.warn("worker_can_do_unit failed for unit {}; the worker does not get it.", free.unitId(), e);
            return false;
        }
    }

    /** Makes the agent, once the unit has been taken from the pool. Empty when the unit turns out not to be free in the database. */
    private Optional<AgentDetails> begin(PoolWorker worker, String registrationId, FreeUnit free) {
        boolean begun = false;
        try {
            Unit unit = unit(free, UnitStatus.ASSIGNED);
            AssignmentData assignment = assignments.get(free.assignmentId());
            JsonValue initData = run.taskRunner().initData(assignment, unit, worker.worker());
            boolean isShared = initData.node().equals(assignment.shared());
            // Text from here on, written here and not on the one thread that writes to the database.
            JsonValue initText = JsonValue.ofText(initData.text());
            Instant now = run.clock().instant();
            String secret = AgentId.newSecret();
            NewAgent row = new NewAgent(
                    secret,
                    unit.id(),
                    worker.worker().id(),
                    run.taskRun().id(),
                    registrationId,
                    agents.firstStatus(),
                    isShared ? Optional.empty() : Optional.of(initText),
                    now);
            long agentId = run.store().inTransaction(tx -> {
                long id = tx.agents().create(row);
                if (!tx.units().reserve(unit.id(), id, row.workerId())) {
                    throw new UnitTakenException();
                }
                return id;
            });
            begun = true;
            worker.remember(registrationId, agentId, unit.assignmentId());
            worker.began();
            AgentId id = new AgentId(agentId, secret);
            LiveAgent agent = agents.begin(id, worker, unit, now);
            return Optional.of(new Registered(worker.worker().id(), id.wire(), initText, agent.status()));
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

    private Unit unit(FreeUnit free, UnitStatus status) {
        return new Unit(free.unitId(), free.assignmentId(), run.taskRun().id(), free.index(), status);
    }

    private static AgentDetails refuse(PoolWorker worker, FailureReason reason) {
        return new Refused(OptionalLong.of(worker.worker().id()), reason);
    }

    /** Rolls the transaction back. */
    private static final class UnitTakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnitTakenException() {
            super("taken", null, false, false);
        }
    }
}
