package org.mephisto.supervisor.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mephisto.logging.Logging;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.SharedTaskState.AttentionCheck;
import org.mephisto.spi.blueprint.SharedTaskState.OnUnitSubmitted;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.supervisor.eligibility.UserCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows a stored submission. Looks whether the unit was done with care, not too fast and with its checks passed: what it finds are
 * flags for the reviewer, nobody is turned down by them. Then tells the user's hook. Thread-safe; calls the user's functions without any
 * lock, and the run does not end before they have returned or been given up. For static work all this is done on the thread of its code.
 */
final class Aftermath {
    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);
    private static final Duration MOST_FOR_CODE = Duration.ofSeconds(5);

    private final RunContext run;
    private final UserCalls calls;
    private final Judging judging;

    Aftermath(RunContext run, UserCalls calls, Judging judging) {
        this.run = run;
        this.calls = calls;
        this.judging = judging;
    }

    /**
     * The agent of live work has submitted; the code may not know yet, or have something to say to it. The run does not end before that, but
     * does not wait long.
     */
    void follow(LiveAgent agent) {
        Thread.ofVirtual().name("submitted-" + agent.unit().id()).start(() -> {
            Logging.enterRun(run.taskRun().id());
            try {
                look(agent);
                agent.awaitCode(MOST_FOR_CODE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                run.progress().judgingEnded();
            }
        });
    }

    /** The blueprint's code has ended after the agent's submission. */
    void codeIsThrough(LiveAgent agent, UnitOutcome outcome) {
        store(agent, outcome.flags());
        if (run.taskRunner().isLive()) {
            agent.codeIsThrough();
            return;
        }
        try {
            look(agent);
        } finally {
            run.progress().judgingEnded();
        }
    }

    private void look(LiveAgent agent) {
        List<String> found = flags(agent);
        if (!found.isEmpty()) {
            store(agent, found);
        }
        if (agent.isJudged()) {
            judging.judge(agent);
        }
        tell(agent);
    }

    private boolean looksAt(LiveAgent agent) {
        boolean looks = run.task().minimumSeconds() > 0
                || !run.sharedState().attentionChecks().isEmpty();
        return looks && !agent.unit().isSpecial();
    }

    /** Stores what came after the submission, or is known only now. */
    private void store(LiveAgent agent, List<String> flags) {
        if (flags.isEmpty() && agent.findInbox().isEmpty()) {
            return;
        }
        try {
            run.store().inTransaction(tx -> {
                tx.units().addFlags(agent.unit().id(), flags);
                agent.saveUpdates(tx.agents()::saveUpdates);
                return true;
            });
        } catch (MephistoException e) {
            LOG.error("Unit {}: its flags {} could not be stored.", agent.unit().id(), flags, e);
        }
    }

    /** What the reviewer is to know of the unit; mostly nothing. Blocks while functions answer. */
    private List<String> flags(LiveAgent agent) {
        if (!looksAt(agent)) {
            return List.of();
        }
        try {
            return flags(agent, agent.state());
        } catch (MephistoException e) {
            LOG.error(
                    "Unit {}: how carefully it was done could not be looked at.",
                    agent.unit().id(),
                    e);
            return List.of();
        }
    }

    private List<String> flags(LiveAgent agent, AgentState state) {
        double least = run.task().minimumSeconds();
        List<AttentionCheck> checks = run.sharedState().attentionChecks();
        List<String> flags = new ArrayList<>();
        Instant end = state.submission()
                .map(Submission::receivedAt)
                .orElseGet(() -> run.clock().instant());
        double seconds = Duration.between(state.taskStart(), end).toMillis() / 1000.0;
        if (seconds < least) {
            flags.add(String.format(Locale.ROOT, "done in %.1f s, minimum_seconds is %s", seconds, plain(least)));
        }
        for (int i = 0; i < checks.size(); i++) {
            AttentionCheck check = checks.get(i);
            try {
                boolean passed = calls.call(
                        "attention_checks", () -> check.passes(agent.unit().withStatus(UnitStatus.COMPLETED), state));
                if (!passed) {
                    flags.add("attention check " + (i + 1) + " failed");
                }
            } catch (MephistoException e) {
                flags.add("attention check " + (i + 1) + " could not be made: " + e.getMessage());
            }
        }
        return flags;
    }

    /** Tells the user's hook; what goes wrong there harms nothing. */
    private void tell(LiveAgent agent) {
        OnUnitSubmitted hook = run.sharedState().onUnitSubmitted();
        if (hook == OnUnitSubmitted.NOTHING) {
            return;
        }
        try {
            calls.call("on_unit_submitted", () -> {
                hook.accept(agent.unit().withStatus(UnitStatus.COMPLETED), agent.state());
                return true;
            });
        } catch (MephistoException e) {
            LOG.warn(
                    "Unit {}: on_unit_submitted failed; the submission is safe. {}",
                    agent.unit().id(),
                    e.getMessage());
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
