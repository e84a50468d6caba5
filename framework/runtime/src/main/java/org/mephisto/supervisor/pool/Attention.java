package org.mephisto.supervisor.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.SharedTaskState.AttentionCheck;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.supervisor.eligibility.UserCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether a completed unit was done with care: not too fast, and with its checks passed. What it finds are flags for the reviewer;
 * nobody is turned down by them. Thread-safe; asks the user's functions without any lock.
 */
final class Attention {
    private static final Logger LOG = LoggerFactory.getLogger(Attention.class);

    private final RunContext run;
    private final UserCalls calls;

    Attention(RunContext run, UserCalls calls) {
        this.run = run;
        this.calls = calls;
    }

    /** What the reviewer is to know of the unit; mostly nothing. Blocks while functions answer. */
    List<String> flags(LiveAgent agent) {
        double least = run.task().minimumSeconds();
        List<AttentionCheck> checks = run.sharedState().attentionChecks();
        if (agent.unit().isSpecial() || (least == 0 && checks.isEmpty())) {
            return List.of();
        }
        try {
            return flags(agent, agent.state(), least, checks);
        } catch (MephistoException e) {
            LOG.error("Unit {}: how carefully it was done could not be looked at.", agent.unit().id(), e);
            return List.of();
        }
    }

    private List<String> flags(LiveAgent agent, AgentState state, double least, List<AttentionCheck> checks) {
        List<String> flags = new ArrayList<>();
        Instant end = state.submission().map(Submission::receivedAt).orElseGet(() -> run.clock().instant());
        double seconds = Duration.between(state.taskStart(), end).toMillis() / 1000.0;
        if (seconds < least) {
            flags.add(String.format(
                    Locale.ROOT, "done in %.1f s, minimum_seconds is %s", seconds, plain(least)));
        }
        for (int i = 0; i < checks.size(); i++) {
            AttentionCheck check = checks.get(i);
            try {
                boolean passed = calls.call(
                        "attention_checks",
                        () -> check.passes(agent.unit().withStatus(UnitStatus.COMPLETED), state));
                if (!passed) {
                    flags.add("attention check " + (i + 1) + " failed");
                }
            } catch (MephistoException e) {
                flags.add("attention check " + (i + 1) + " could not be made: " + e.getMessage());
            }
        }
        return flags;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
