package org.mephisto.supervisor.pool;

import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.mephisto.logging.Logging;
import org.mephisto.spi.blueprint.AbsentAgentException;
import org.mephisto.spi.blueprint.OnboardingAgent;
import org.mephisto.spi.blueprint.OnboardingSession;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The virtual thread of one live onboarding: runs the blueprint's code, then has the page submit. That the code fails is not the worker's
 * fault: they may submit all the same.
 */
final class OnboardingCode implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(OnboardingCode.class);

    private final RunContext run;
    private final LiveOnboarding agent;
    private final Ending ending;

    OnboardingCode(RunContext run, LiveOnboarding agent, Ending ending) {
        this.run = run;
        this.agent = agent;
        this.ending = ending;
    }

    /** Told when the code is through. */
    interface Ending {
        /** Has the page submit, if it has not. @return how long to wait for that */
        Duration codeIsThrough(LiveOnboarding agent);
    }

    @Override
    public void run() {
        Logging.enterRun(run.taskRun().id());
        try {
            if (agent.status() == AgentStatus.ONBOARDING) {
                runBlueprint();
            }
            agent.awaitSubmit(ending.codeIsThrough(agent));
        } catch (AbsentAgentException e) {
            LOG.debug("Onboarding {}: {}.", agent.rowId(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runBlueprint() {
        try {
            run.taskRunner()
                    .runOnboarding(
                            new Session(agent, run.clock(), new SplittableRandom(agent.rowId()), agent.initData()));
        } catch (AbsentAgentException e) {
            throw e;
        } catch (Throwable e) {
            // The code may have interrupted its own thread, which still has to wait for the submission.
            Thread.interrupted();
            LOG.error(
                    "Onboarding {}: the code of blueprint {} failed; the worker may submit, others go on.",
                    agent.rowId(),
                    run.taskRun().types().blueprint(),
                    e);
        }
    }

    private record Session(OnboardingAgent agent, InstantSource clock, RandomGenerator random, JsonValue onboardingData)
            implements OnboardingSession {}
}
