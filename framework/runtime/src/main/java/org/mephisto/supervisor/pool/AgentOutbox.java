package org.mephisto.supervisor.pool;

import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.model.AgentStatus;

/** The way from an agent to its page. Calls return at once; callable from any thread. */
public interface AgentOutbox {
    void sendStatus(String agentId, AgentStatus status);

    void sendLiveUpdate(String agentId, LiveUpdate update);
}
