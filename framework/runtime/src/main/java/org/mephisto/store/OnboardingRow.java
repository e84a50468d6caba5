package org.mephisto.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;

/**
 * An onboarding agent as it is stored.
 *
 * @param secret the unguessable part of the id that its page uses
 * @param onboardingType the qualification that is to be earned
 * @param registrationId how the page names the visit; unique for the worker within the run
 * @param initData what the page was given
 * @param updates what passed between page and code, as far as it has been saved
 * @param submission what is judged, or was
 */
public record OnboardingRow(
        long id,
        String secret,
        long workerId,
        long taskRunId,
        String onboardingType,
        String registrationId,
        AgentStatus status,
        JsonValue initData,
        List<LiveUpdate> updates,
        Optional<Submission> submission,
        Instant taskStart,
        Optional<Instant> taskEnd) {
    /** The facts for a blueprint. */
    public AgentState state() {
        return new AgentState(initData, updates, submission, taskStart, taskEnd, JsonValue.emptyObject());
    }
}
