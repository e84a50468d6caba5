package org.mephisto.supervisor.pool;

import java.util.OptionalLong;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;

/** What a registration comes to. */
public sealed interface AgentDetails {
    /**
     * The worker has a unit.
     *
     * @param agentId the id for the page
     */
    record Registered(long workerId, String agentId, JsonValue initTaskData, AgentStatus status)
            implements AgentDetails {}

    /** The worker has none. */
    record Refused(OptionalLong workerId, FailureReason reason, String sentence) implements AgentDetails {
        Refused(OptionalLong workerId, FailureReason reason) {
            this(workerId, reason, reason.sentence());
        }
    }
}
