package org.mephisto.spi.blueprint;

/** The run is being shut down. */
public final class AgentShutdownException extends AbsentAgentException {
    private static final long serialVersionUID = 1L;

    public AgentShutdownException(String agentId) {
        super("the run is shutting down", agentId);
    }
}
