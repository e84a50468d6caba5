package org.mephisto.spi.model;

import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/** Where a unit stands. */
public enum UnitStatus {
    CREATED("created"),
    LAUNCHED("launched"),
    ASSIGNED("assigned"),
    COMPLETED("completed"),
    ACCEPTED("accepted"),
    REJECTED("rejected"),
    SOFT_REJECTED("soft_rejected"),
    EXPIRED("expired");

    private final String word;

    UnitStatus(String word) {
        this.word = word;
    }

    /** The status with this word. */
    public static UnitStatus ofWord(String word) {
        for (UnitStatus status : values()) {
            if (status.word.equals(word)) {
                return status;
            }
        }
        throw new MephistoException(ErrorCode.INVALID_INPUT, "No unit status is called \"" + word + "\".");
    }

    /** The word in tables and exports. */
    public String word() {
        return word;
    }

    /** Whether somebody may still do the unit or is doing it. */
    public boolean isIncomplete() {
        return this == CREATED || this == LAUNCHED || this == ASSIGNED;
    }

    /** Whether a requester has decided on the work. */
    public boolean isReviewed() {
        return this == ACCEPTED || this == REJECTED || this == SOFT_REJECTED;
    }
}
