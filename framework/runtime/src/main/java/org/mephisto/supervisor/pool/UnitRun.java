package org.mephisto.supervisor.pool;

import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.mephisto.logging.Logging;
import org.mephisto.spi.blueprint.AbsentAgentException;
import org.mephisto.spi.blueprint.Agent;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.blueprint.UnitSession;
import org.mephisto.spi.blueprint.UnitTaskRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The virtual thread of one unit: runs the blueprint's code, and sees to it that the unit ends in a defined way whatever that does. */
final class UnitRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(UnitRun.class);

    private final RunContext run;
    private final UnitTaskRunner runner;
    private final LiveAgent agent;
    private final AssignmentCache assignments;
    private final Ending ending;

    UnitRun(RunContext run, UnitTaskRunner runner, LiveAgent agent, AssignmentCache assignments, Ending ending) {
        this.run = run;
        this.runner = runner;
        this.agent = agent;
        this.assignments = assignments;
        this.ending = ending;
    }

    /** Told once, when the unit's code is through. */
    interface Ending {
        void submitted(LiveAgent agent, UnitOutcome outcome);

        void absent(LiveAgent agent);
    }

    @Override
    public void run() {
        Logging.enterRun(run.taskRun().id());
        UnitOutcome outcome;
        try {
            outcome = runBlueprint();
            agent.awaitSubmit(Duration.ofSeconds(run.task().submissionTimeout()));
        } catch (AbsentAgentException e) {
            LOG.debug("Unit {}: {}.", agent.unit().id(), e.getMessage());
            ending.absent(agent);
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ending.absent(agent);
            return;
        }
        ending.submitted(agent, outcome);
    }

    private UnitOutcome runBlueprint() throws InterruptedException {
        try {
            return runner.runUnit(new Session(
                    agent,
                    assignments,
                    run.clock(),
                    new SplittableRandom(agent.unit().id())));
        } catch (AbsentAgentException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.error(
                    "Unit {}: the code of blueprint {} failed; the unit is flagged, others go on.",
                    agent.unit().id(),
                    run.taskRun().types().blueprint(),
                    e);
            return UnitOutcome.flagged("The blueprint's code failed: " + e);
        }
    }

    private record Session(Agent agent, AssignmentCache assignments, InstantSource clock, RandomGenerator random)
            implements UnitSession {
        @Override
        public AssignmentData assignment() {
            return assignments.get(agent.unit().assignmentId());
        }
    }
}
