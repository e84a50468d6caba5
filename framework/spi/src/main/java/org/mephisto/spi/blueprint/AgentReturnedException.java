package org.mephisto.spi.blueprint;

/** The worker gave the unit back. */
public final class AgentReturnedException extends AbsentAgentException {
    private static final long serialVersionUID = 1L;

    public AgentReturnedException(String agentId) {
        super("the worker has returned the unit", agentId);
    }
}
