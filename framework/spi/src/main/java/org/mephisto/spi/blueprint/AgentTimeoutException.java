package org.mephisto.spi.blueprint;

/** The worker took longer than the work allows. */
public final class AgentTimeoutException extends AbsentAgentException {
    private static final long serialVersionUID = 1L;

    public AgentTimeoutException(String agentId) {
        super("the worker has run out of time", agentId);
    }
}
