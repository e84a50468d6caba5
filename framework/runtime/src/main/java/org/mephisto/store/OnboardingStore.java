package org.mephisto.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;

/** Onboarding agents: workers who are being tried out before their first unit. */
public interface OnboardingStore {
    /** @return the new agent's id */
    long create(NewOnboarding onboarding);

    Optional<OnboardingRow> find(long id);

    /** Those of this worker in this run, oldest first. */
    List<OnboardingRow> listByWorker(long workerId, long taskRunId);

    /** Onboarding agents of the run in none of the complete statuses, ordered by id. */
    List<OnboardingRow> listOpen(long taskRunId);

    boolean changeStatus(long id, AgentStatus from, AgentStatus to);

    /** Likewise, and sets the end. */
    boolean finish(long id, AgentStatus from, AgentStatus to, Instant taskEnd);

    /** Stores what the agent submitted unless it has submitted already, and says whether it did. The status stays. */
    boolean submit(long id, Submission submission);

    /** Replaces what is known to have passed between page and code. */
    void saveUpdates(long id, List<LiveUpdate> updates);

    /** An onboarding agent to create; it begins as {@code onboarding}. */
    record NewOnboarding(
            String secret,
            long workerId,
            long taskRunId,
            String onboardingType,
            String registrationId,
            JsonValue initData,
            Instant taskStart) {}
}
