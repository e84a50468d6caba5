package org.mephisto.spi.model;

import java.util.Optional;
import java.util.Set;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/** Where an agent (a worker on one unit, or in onboarding) stands. The wire words are the original system's. */
public enum AgentStatus {
    NONE("none"),
    ACCEPTED("accepted"),
    ONBOARDING("onboarding"),
    WAITING("waiting"),
    IN_TASK("in task"),
    COMPLETED("completed"),
    DISCONNECT("disconnect"),
    TIMEOUT("timeout"),
    PARTNER_DISCONNECT("partner disconnect"),
    EXPIRED("expired"),
    RETURNED("returned"),
    APPROVED("approved"),
    SOFT_REJECTED("soft_rejected"),
    REJECTED("rejected");

    private static final Set<AgentStatus> IMMUTABLE =
            Set.of(DISCONNECT, TIMEOUT, EXPIRED, RETURNED, SOFT_REJECTED, APPROVED);

    private final String word;

    AgentStatus(String word) {
        this.word = word;
    }

    /** The status with this wire word. */
    public static AgentStatus ofWord(String word) {
        for (AgentStatus status : values()) {
            if (status.word.equals(word)) {
                return status;
            }
        }
        throw new MephistoException(ErrorCode.INVALID_INPUT, "No agent status is called \"" + word + "\".");
    }

    /** The word in packets, tables and exports. */
    public String word() {
        return word;
    }

    /** Whether the agent is done: completed, reviewed or gone. */
    public boolean isComplete() {
        return this == COMPLETED || this == REJECTED || this == PARTNER_DISCONNECT || isImmutable();
    }

    /** Whether this status can never change again. */
    public boolean isImmutable() {
        return IMMUTABLE.contains(this);
    }

    /** Whether the worker left or was let go without completing: nothing more is expected of this agent. */
    public boolean isGone() {
        return this == DISCONNECT || this == TIMEOUT || this == EXPIRED || this == RETURNED;
    }

    /** The status that the agent's unit has when the agent has this one; empty where the unit goes back to be done by somebody else. */
    public Optional<UnitStatus> unitStatus() {
        return switch (this) {
            case NONE -> Optional.of(UnitStatus.CREATED);
            case ACCEPTED, ONBOARDING, WAITING, IN_TASK -> Optional.of(UnitStatus.ASSIGNED);
            case COMPLETED, PARTNER_DISCONNECT -> Optional.of(UnitStatus.COMPLETED);
            case DISCONNECT, TIMEOUT, RETURNED -> Optional.empty();
            case EXPIRED -> Optional.of(UnitStatus.EXPIRED);
            case APPROVED -> Optional.of(UnitStatus.ACCEPTED);
            case SOFT_REJECTED -> Optional.of(UnitStatus.SOFT_REJECTED);
            case REJECTED -> Optional.of(UnitStatus.REJECTED);
        };
    }
}
