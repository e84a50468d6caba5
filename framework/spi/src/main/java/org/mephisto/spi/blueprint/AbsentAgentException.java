package org.mephisto.spi.blueprint;

/**
 * The worker is no longer there. Raised inside blueprint code that waits for them; may pass through it. Made without a stack trace, as
 * it is a signal and not a fault.
 */
public sealed class AbsentAgentException extends RuntimeException
        permits AgentDisconnectedException, AgentTimeoutException, AgentReturnedException, AgentShutdownException {
    private static final long serialVersionUID = 1L;

    private final String agentId;

    AbsentAgentException(String message, String agentId) {
        super(message, null, false, false);
        this.agentId = agentId;
    }

    public String agentId() {
        return agentId;
    }
}
