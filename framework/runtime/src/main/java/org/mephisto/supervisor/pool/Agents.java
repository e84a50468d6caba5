package org.mephisto.supervisor.pool;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.Unit;
import org.mephisto.store.AgentRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agents at work in a run: begins them, ends them, and keeps worker, unit pool and progress in step. Thread-safe. An agent is here
 * from its registration until its blueprint code is through; after that the database alone knows it.
 */
final class Agents implements LiveAgent.AgentEvents, CodeRun.Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Agents.class);

    private final RunContext run;
    private final AssignmentCache assignments;
    private final Deadlines deadlines;
    private final Assemblies assemblies = new Assemblies();
    private final PageLine line;
    private final Aftermath aftermath;
    private final ConcurrentMap<AgentId, LiveAgent> live = new ConcurrentHashMap<>();
    private final AgentEndings endings;

    Agents(
            RunContext run,
            UnitPool units,
            AssignmentCache assignments,
            PageLine line,
            Judging judging,
            Aftermath aftermath) {
        this.run = run;
        this.assignments = assignments;
        this.line = line;
        this.aftermath = aftermath;
        this.endings = new AgentEndings(run, units, assemblies, line, judging, live);
        this.deadlines = new Deadlines(run.clock());
        deadlines.start(run.taskRun().id());
    }

    /** The live agent, if the id's secret is its own. */
    Optional<LiveAgent> findLive(AgentId id) {
        return Optional.ofNullable(live.get(id));
    }

    /** The agent's row, if it is of this run and the id's secret is its own. */
    Optional<AgentRow> findRow(AgentId id) {
        return run.store()
                .read(tx -> tx.agents().find(id.rowId()))
                .filter(row ->
                        row.taskRunId() == run.taskRun().id() && AgentId.of(row).equals(id));
    }

    /** Units that came back from assignments in which others may be waiting. */
    Assemblies assemblies() {
        return assemblies;
    }

    /** What an agent is when it has just got its unit. */
    AgentStatus firstStatus() {
        return run.taskRunner().isConcurrent() ? AgentStatus.WAITING : AgentStatus.IN_TASK;
    }

    /** Starts the agent's work, or has it wait for its partners; the database has it already, as {@link #firstStatus}. */
    LiveAgent begin(AgentId id, PoolWorker worker, Unit unit, Instant begun) {
        LiveAgent agent = add(id, worker, unit, firstStatus());
        if (run.taskRunner().isConcurrent()) {
            assemble(agent);
        } else {
            startClock(agent, begun);
            if (run.taskRunner().isLive()) {
                startCode(List.of(agent));
            }
        }
        return agent;
    }

    /**
     * Gives an agent that an earlier process had begun its place back.
     *
     * @param begun when the worker got the unit, from which the time allowed for it counts
     */
    LiveAgent resume(AgentId id, PoolWorker worker, Unit unit, AgentStatus status, Instant begun) {
        LiveAgent agent = add(id, worker, unit, status);
        if (run.taskRunner().isLive()) {
            agent.inbox().replay();
        }
        if (status == AgentStatus.WAITING) {
            assemble(agent);
        } else {
            startClock(agent, begun);
        }
        return agent;
    }

    /** A partner of agents that are put back, who had ended before: for the code alone, which sees what they sent and then that they ended. */
    LiveAgent remember(AgentRow row, PoolWorker worker, Unit unit) {
        LiveAgent agent = new LiveAgent(AgentId.of(row), worker, unit, row.status(), false, this);
        agent.inbox().replay();
        if (row.status() == AgentStatus.COMPLETED) {
            row.submission().ifPresent(agent::submitted);
        }
        return agent;
    }

    /** Runs the code again for agents that {@link #resume} has put back; with a partner unknown, the others' work ends. */
    void resumeCode(List<LiveAgent> known) {
        if (!run.taskRunner().isLive()) {
            return;
        }
        List<LiveAgent> together = known.stream()
                .sorted(Comparator.comparingInt(agent -> agent.unit().index()))
                .toList();
        if (run.taskRunner().isConcurrent() && together.size() < size(together.getFirst())) {
            together.forEach(this::partnerLeft);
            together.forEach(this::absent);
        } else {
            startCode(together);
        }
    }

    private LiveAgent add(AgentId id, PoolWorker worker, Unit unit, AgentStatus status) {
        LiveAgent agent = new LiveAgent(id, worker, unit, status, worker.isJudgedBy(id.rowId()), this);
        live.put(id, agent);
        run.progress().unitTaken(unit);
        return agent;
    }

    private void startClock(LiveAgent agent, Instant begun) {
        agent.mustSubmitBy(
                begun.toEpochMilli() + TimeUnit.SECONDS.toMillis(run.task().assignmentDurationInSeconds()));
        deadlines.add(agent);
    }

    private int size(LiveAgent agent) {
        return assignments.get(agent.unit().assignmentId()).unitData().size();
    }

    private void assemble(LiveAgent agent) {
        List<LiveAgent> together = assemblies.join(agent, size(agent));
        if (!together.isEmpty()) {
            beginTogether(together);
        }
    }

    /** Every unit has its agent; unless one has left at this very moment, the work begins. */
    private void beginTogether(List<LiveAgent> together) {
        together.forEach(agent -> agent.transition().lock());
        try {
            List<LiveAgent> waiting = together.stream()
                    .filter(agent -> agent.status() == AgentStatus.WAITING)
                    .toList();
            if (waiting.size() < together.size()) {
                waiting.forEach(agent -> assemblies.join(agent, together.size()));
                return;
            }
            run.store().inTransaction(tx -> {
                together.forEach(
                        agent -> tx.agents().changeStatus(agent.rowId(), AgentStatus.WAITING, AgentStatus.IN_TASK));
                return true;
            });
            Instant now = line.now();
            for (LiveAgent agent : together) {
                agent.began();
                startClock(agent, now);
                run.outbox().sendStatus(agent.id(), AgentStatus.IN_TASK);
            }
            startCode(together);
        } finally {
            together.forEach(agent -> agent.transition().unlock());
        }
    }

    private void startCode(List<LiveAgent> together) {
        run.codeThreads()
                .start("unit-" + together.getFirst().unit().id(), new CodeRun(run, together, assignments, this));
    }

    /** The agent's submission is in the database and has completed the unit. The caller holds the agent's transition. */
    void completed(LiveAgent agent, Submission submission) {
        agent.poolWorker().completed();
        agent.submitted(submission);
        run.progress().unitCompleted(agent.unit(), true);
        run.outbox().sendStatus(agent.id(), AgentStatus.COMPLETED);
        if (run.taskRunner().isLive()) {
            aftermath.follow(agent);
        } else {
            startCode(List.of(agent));
        }
    }

    AgentEndings endings() {
        return endings;
    }

    @Override
    public void partnerLeft(LiveAgent agent) {
        endings.leaveAlone(agent);
    }

    /** What the page of an agent gets that registers again; what has passed until now is in it and is not sent again. */
    JsonValue initDataOnReturn(AgentRow row) {
        AgentState state = findLive(AgentId.of(row))
                .flatMap(LiveAgent::findInbox)
                .map(inbox -> inbox.withLog(log -> {
                    log.mark();
                    return log.all();
                }))
                .map(updates -> row.state().withUpdates(updates))
                .orElseGet(row::state);
        try {
            return run.taskRunner().initDataOnReturn(state);
        } catch (RuntimeException e) {
            LOG.error("Agent {}: the blueprint failed to say what a returning page gets.", row.id(), e);
            return row.initData();
        }
    }

    /** {@link PageLine#announce} for all who are here. */
    void announce() {
        live.values().forEach(line::announce);
    }

    void pageSilent(LiveAgent agent) {
        if (run.taskRunner().isLive() && !agent.mayBeSilent() && !agent.status().isComplete()) {
            endings.end(agent, AgentStatus.DISCONNECT);
            LOG.info("Unit {}: the worker's page has gone away.", agent.unit().id());
        }
    }

    /** Watches no deadlines any more; everybody has ended. */
    void stop() {
        deadlines.close();
    }

    @Override
    public PageLine line() {
        return line;
    }

    @Override
    public long taskRunId() {
        return run.taskRun().id();
    }

    @Override
    public void timedOut(LiveAgent agent) {
        endings.end(agent, AgentStatus.TIMEOUT);
        if (agent.status() == AgentStatus.TIMEOUT) {
            LOG.info(
                    "Unit {}: the worker has run out of time; the unit is open to others again.",
                    agent.unit().id());
        }
    }

    @Override
    public AgentState stateOf(LiveAgent agent) {
        AgentRow row = run.store().read(tx -> tx.agents().find(agent.rowId())).orElseThrow();
        return agent.complete(row.state());
    }

    @Override
    public void submitted(LiveAgent agent, UnitOutcome outcome) {
        try {
            aftermath.codeIsThrough(agent, outcome);
        } finally {
            live.remove(agent.agentId());
        }
    }

    @Override
    public void absent(LiveAgent agent) {
        if (agent.status() == AgentStatus.COMPLETED) {
            aftermath.codeIsThrough(agent, UnitOutcome.completed());
        }
        live.remove(agent.agentId());
        if (agent.isLeftAlone()) {
            run.progress().farewellEnded();
        }
    }
}
