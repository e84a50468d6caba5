package org.mephisto.supervisor.pool;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.mephisto.logging.Logging;
import org.mephisto.spi.blueprint.AbsentAgentException;
import org.mephisto.spi.blueprint.Agent;
import org.mephisto.spi.blueprint.AgentShutdownException;
import org.mephisto.spi.blueprint.AgentUpdate;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.AssignmentSession;
import org.mephisto.spi.blueprint.AssignmentTaskRunner;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.blueprint.UnitSession;
import org.mephisto.spi.blueprint.UnitTaskRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The virtual thread of one unit, or of one assignment whose units run together: runs the blueprint's code, and sees to it that each unit
 * ends in a defined way whatever that does.
 */
final class CodeRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CodeRun.class);

    private final RunContext run;
    private final List<LiveAgent> agents;
    private final AssignmentCache assignments;
    private final Ending ending;

    /** @param agents in the order of their units */
    CodeRun(RunContext run, List<LiveAgent> agents, AssignmentCache assignments, Ending ending) {
        this.run = run;
        this.agents = agents;
        this.assignments = assignments;
        this.ending = ending;
    }

    /** Told of each agent when the code is through. */
    interface Ending {
        /** A partner has left, and the work of all has ended with that. */
        void partnerLeft(LiveAgent agent);

        void submitted(LiveAgent agent, UnitOutcome outcome);

        void absent(LiveAgent agent);
    }

    @Override
    public void run() {
        Logging.enterRun(run.taskRun().id());
        UnitOutcome outcome = UnitOutcome.completed();
        try {
            outcome = runBlueprint();
        } catch (AgentShutdownException e) {
            LOG.debug("Assignment {}: {}.", assignmentId(), e.getMessage());
        } catch (AbsentAgentException e) {
            LOG.debug("Assignment {}: {}.", assignmentId(), e.getMessage());
            if (agents.size() > 1) {
                agents.forEach(ending::partnerLeft);
            }
        }
        settle(outcome);
    }

    private UnitOutcome runBlueprint() {
        LiveAgent first = agents.getFirst();
        try {
            return switch (run.taskRunner()) {
                case UnitTaskRunner alone ->
                    alone.runUnit(new Alone(
                            first,
                            assignments,
                            run.clock(),
                            new SplittableRandom(first.unit().id())));
                case AssignmentTaskRunner together ->
                    together.runAssignment(
                            new Together(agents, assignments, run.clock(), new SplittableRandom(assignmentId())));
            };
        } catch (AbsentAgentException e) {
            throw e;
        } catch (Throwable e) {
            // The code may have interrupted its own thread, which still has to wait for the submission.
            Thread.interrupted();
            LOG.error(
                    "Assignment {}: the code of blueprint {} failed; its units are flagged, others go on.",
                    assignmentId(),
                    run.taskRun().types().blueprint(),
                    e);
            return UnitOutcome.flagged("The blueprint's code failed: " + e);
        }
    }

    /** Gives everybody who is still there the time to submit. */
    private void settle(UnitOutcome outcome) {
        agents.forEach(LiveAgent::allowSilence);
        long deadline = System.nanoTime()
                + Duration.ofSeconds(run.task().submissionTimeout()).toNanos();
        for (LiveAgent agent : agents) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            try {
                if (agent.isLeftAlone()) {
                    agent.awaitFarewell(left);
                    ending.absent(agent);
                } else {
                    agent.awaitSubmit(left);
                    ending.submitted(agent, outcome);
                }
            } catch (AbsentAgentException e) {
                ending.absent(agent);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                ending.absent(agent);
            }
        }
    }

    private long assignmentId() {
        return agents.getFirst().unit().assignmentId();
    }

    private record Alone(LiveAgent agent, AssignmentCache assignments, InstantSource clock, RandomGenerator random)
            implements UnitSession {
        @Override
        public AssignmentData assignment() {
            return assignments.get(agent.unit().assignmentId());
        }
    }

    private record Together(
            List<LiveAgent> liveAgents, AssignmentCache assignments, InstantSource clock, RandomGenerator random)
            implements AssignmentSession {
        @Override
        public AssignmentData assignment() {
            return assignments.get(liveAgents.getFirst().unit().assignmentId());
        }

        @Override
        public List<Agent> agents() {
            return List.copyOf(liveAgents);
        }

        @Override
        public Optional<AgentUpdate> awaitAny(Collection<Agent> among, Duration timeout) throws InterruptedException {
            return AnyUpdate.await(liveAgents.stream().filter(among::contains).toList(), timeout);
        }
    }
}
