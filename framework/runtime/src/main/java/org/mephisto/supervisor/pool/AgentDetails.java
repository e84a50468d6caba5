package org.mephisto.supervisor.pool;

import java.util.OptionalLong;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.FailureReason;

/** What a registration comes to. */
public sealed interface AgentDetails {
    /**
     * The worker has a unit.
     *
     * @param agentId the id for the page
     */
    record Registered(long workerId, String agentId, JsonValue initTaskData, AgentStatus status)
            implements AgentDetails {}

    /**
     * The worker has none.
     *
     * @param reason as it goes over the wire
     */
    record Refused(OptionalLong workerId, FailureReason reason, String sentence) implements AgentDetails {}
}
