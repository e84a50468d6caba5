package org.mephisto.supervisor.pool;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.blueprint.SharedTaskState.OnUnitSubmitted;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.blueprint.UnitTaskRunner;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.store.AgentRow;
import org.mephisto.supervisor.pool.UnitPool.FreeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agents at work in a run: begins them, ends them, and keeps worker, unit pool and progress in step. Thread-safe. An agent is here
 * from its registration until its blueprint code is through; after that the database alone knows it.
 */
final class Agents implements LiveAgent.AgentEvents, UnitRun.Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Agents.class);

    private final RunContext run;
    private final UnitPool units;
    private final UnitTaskRunner runner;
    private final AssignmentCache assignments;
    private final Deadlines deadlines;
    private final ConcurrentMap<Long, LiveAgent> live = new ConcurrentHashMap<>();
    private final AtomicBoolean closing = new AtomicBoolean();

    Agents(RunContext run, UnitTaskRunner runner, UnitPool units, AssignmentCache assignments) {
        this.run = run;
        this.runner = runner;
        this.units = units;
        this.assignments = assignments;
        this.deadlines = new Deadlines(run.clock(), this::timedOut);
        deadlines.start(run.taskRun().id());
    }

    Optional<LiveAgent> findLive(long rowId) {
        return Optional.ofNullable(live.get(rowId));
    }

    /** The live agent, if the id's secret is its own. */
    Optional<LiveAgent> findLive(AgentId id) {
        return findLive(id.rowId()).filter(agent -> id.hasSecret(agent.agentId().secret()));
    }

    /** The agent's row, if it is of this run and the id's secret is its own. */
    Optional<AgentRow> findRow(AgentId id) {
        return run.store()
                .read(tx -> tx.agents().find(id.rowId()))
                .filter(row -> row.taskRunId() == run.taskRun().id() && id.hasSecret(row.secret()));
    }

    /**
     * Starts the agent's work; the database has it already.
     *
     * @param begun when the worker got the unit, from which the time allowed for it counts
     */
    LiveAgent begin(AgentId id, PoolWorker worker, Unit unit, Instant begun) {
        long deadline =
                begun.toEpochMilli() + TimeUnit.SECONDS.toMillis(run.task().assignmentDurationInSeconds());
        LiveAgent agent = new LiveAgent(id, worker, unit, deadline, this);
        live.put(id.rowId(), agent);
        run.progress().unitTaken();
        deadlines.add(agent);
        if (runner.isLive()) {
            startCode(agent);
        }
        return agent;
    }

    private void startCode(LiveAgent agent) {
        Thread.ofVirtual().name("unit-" + agent.unit().id()).start(new UnitRun(run, runner, agent, assignments, this));
    }

    /** The agent's submission is in the database and has completed the unit. The caller holds the agent's transition. */
    void completed(LiveAgent agent, Submission submission) {
        PoolWorker worker = agent.poolWorker();
        worker.lock.lock();
        try {
            worker.completed();
        } finally {
            worker.lock.unlock();
        }
        agent.submitted(submission);
        run.progress().unitCompleted();
        run.outbox().sendStatus(agent.id(), AgentStatus.COMPLETED);
        if (!runner.isLive()) {
            startCode(agent);
        }
    }

    /** Ends an agent that has not completed; its unit goes to somebody else. Does nothing when it has ended already. */
    void end(LiveAgent agent, AgentStatus status) {
        agent.transition.lock();
        try {
            if (agent.status().isComplete()) {
                return;
            }
            Unit unit = agent.unit();
            UnitStatus next = closing.get() ? UnitStatus.EXPIRED : UnitStatus.LAUNCHED;
            long agentId = agent.agentId().rowId();
            Instant now = now();
            boolean released = run.store()
                    .inTransaction(tx -> tx.agents().finish(agentId, AgentStatus.IN_TASK, status, now)
                            && tx.units().release(unit.id(), agentId, next));
            agent.ended(status);
            live.remove(agentId);
            freeWorker(agent.poolWorker());
            if (!released) {
                LOG.warn(
                        "Unit {} was no longer the ending agent's in the database; it is left as it is there.",
                        unit.id());
                run.progress().unitInWorkExpired();
            } else if (next == UnitStatus.EXPIRED) {
                run.progress().unitInWorkExpired();
                run.provider().expireUnits(List.of(unit.withStatus(next)));
            } else {
                units.add(new FreeUnit(unit.id(), unit.assignmentId(), unit.index(), 0));
                run.progress().unitCameBack();
            }
            run.outbox().sendStatus(agent.id(), status);
        } finally {
            agent.transition.unlock();
        }
    }

    private static void freeWorker(PoolWorker worker) {
        worker.lock.lock();
        try {
            worker.gaveUp();
        } finally {
            worker.lock.unlock();
        }
    }

    /** From now on units that come back are expired and not handed out again. */
    void close() {
        closing.set(true);
    }

    /** Watches no deadlines any more; everybody has ended. */
    void stop() {
        deadlines.close();
    }

    void endAll(AgentStatus status) {
        for (LiveAgent agent : live.values()) {
            end(agent, status);
        }
    }

    @Override
    public Instant now() {
        return run.clock().instant();
    }

    @Override
    public void timedOut(LiveAgent agent) {
        end(agent, AgentStatus.TIMEOUT);
        if (agent.status() == AgentStatus.TIMEOUT) {
            LOG.info(
                    "Unit {}: the worker has run out of time; the unit is open to others again.",
                    agent.unit().id());
        }
    }

    @Override
    public AgentState stateOf(LiveAgent agent) {
        AgentState facts = run.store()
                .read(tx -> tx.agents().find(agent.agentId().rowId()))
                .orElseThrow()
                .state();
        List<LiveUpdate> updates = agent.findInbox().map(Inbox::list).orElse(List.of());
        return new AgentState(
                facts.initData(), updates, facts.submission(), facts.taskStart(), facts.taskEnd(), facts.metadata());
    }

    @Override
    public void send(LiveAgent agent, LiveUpdate update) {
        run.outbox().sendLiveUpdate(agent.id(), update);
    }

    @Override
    public void submitted(LiveAgent agent, UnitOutcome outcome) {
        try {
            storeFlags(agent, outcome);
            runHook(agent);
        } finally {
            live.remove(agent.agentId().rowId());
        }
    }

    private void storeFlags(LiveAgent agent, UnitOutcome outcome) {
        if (outcome.flags().isEmpty()) {
            return;
        }
        try {
            run.store().inTransaction(tx -> {
                tx.units().addFlags(agent.unit().id(), outcome.flags());
                return true;
            });
        } catch (MephistoException e) {
            LOG.error("Unit {}: its flags {} could not be stored.", agent.unit().id(), outcome.flags(), e);
        }
    }

    private void runHook(LiveAgent agent) {
        OnUnitSubmitted hook = run.sharedState().onUnitSubmitted();
        if (hook == OnUnitSubmitted.NOTHING) {
            return;
        }
        try {
            hook.accept(agent.unit().withStatus(UnitStatus.COMPLETED), agent.state());
        } catch (RuntimeException e) {
            LOG.warn(
                    "Unit {}: on_unit_submitted failed; the submission is safe.",
                    agent.unit().id(),
                    e);
        }
    }

    @Override
    public void absent(LiveAgent agent) {
        live.remove(agent.agentId().rowId());
    }
}
