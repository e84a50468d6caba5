package org.mephisto.supervisor.pool;

import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.model.AgentStatus;

/** The way from an agent to its page. Calls return at once; callable from any thread. */
public interface AgentOutbox {
    /** @return false when the way to a router is full, which then does not hear of it */
    boolean sendStatus(String agentId, AgentStatus status);

    void sendLiveUpdate(String agentId, LiveUpdate update);

    /** What follows is everything that a page which is back has missed, as it was asked for. */
    void sendResumed(String agentId, AgentStatus status, PageQuestion question);

    /** There is more of it, behind this position, for a router that asks on. */
    void sendMore(String agentId, PageQuestion question, long position);

    /** The agent's page is to be held back, or no longer. */
    void sendHold(String agentId, boolean hold);
}
