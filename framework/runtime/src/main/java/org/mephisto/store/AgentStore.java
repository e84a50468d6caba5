package org.mephisto.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;

/** Agents. */
public interface AgentStore {
    /** @return the new agent's id */
    long create(NewAgent agent);

    Optional<AgentRow> find(long id);

    /** Agents of the run in none of the complete statuses, ordered by id. */
    List<AgentRow> listOpen(long taskRunId);

    /** Agents of the run who are done or gone, and had their unit last, where a partner in the same assignment is still in the task. */
    List<AgentRow> listFormerPartners(long taskRunId);

    boolean changeStatus(long id, AgentStatus from, AgentStatus to);

    /** Likewise, and sets the end of the task. */
    boolean finish(long id, AgentStatus from, AgentStatus to, Instant taskEnd);

    /**
     * Stores what the agent submitted unless it has submitted already, and says whether it did; the agent becomes {@code status} with the
     * submission's time as its end.
     */
    boolean submit(long id, Submission submission, AgentStatus status);

    /** Replaces what is known to have passed between page and code. */
    void saveUpdates(long id, List<LiveUpdate> updates);

    /** Replaces the metadata. */
    void setMetadata(long id, JsonValue metadata);

    /**
     * An agent to create.
     *
     * @param initData what its page is given; empty where that is the assignment's shared data, which is not stored twice
     */
    record NewAgent(
            String secret,
            long unitId,
            long workerId,
            long taskRunId,
            String registrationId,
            AgentStatus status,
            Optional<JsonValue> initData,
            Instant taskStart) {}
}
