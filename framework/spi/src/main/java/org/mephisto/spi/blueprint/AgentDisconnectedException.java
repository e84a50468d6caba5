package org.mephisto.spi.blueprint;

/** The worker's page has gone away and the grace period is over. */
public final class AgentDisconnectedException extends AbsentAgentException {
    private static final long serialVersionUID = 1L;

    public AgentDisconnectedException(String agentId) {
        super("the worker has disconnected", agentId);
    }
}
