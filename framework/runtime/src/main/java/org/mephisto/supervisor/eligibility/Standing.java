package org.mephisto.supervisor.eligibility;

import java.util.Optional;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.supervisor.eligibility.GoldRule.Score;

/**
 * All that follows from what a worker holds: two of them are equal when the worker is to be treated alike.
 *
 * @param unmet the first requirement that is not met, as the details of a refusal
 * @param screeningDue whether the worker's next unit screens
 * @param gold whether the worker's next unit is a gold one
 * @param score for a rule of the user's own, which must be asked; else empty
 */
public record Standing(
        Optional<JsonValue> unmet, Onboarding onboarding, boolean screeningDue, Gold gold, Optional<Score> score) {
    /** Of everybody, in a run that asks nothing. */
    public static final Standing CLEAR =
            new Standing(Optional.empty(), Onboarding.DONE, false, Gold.NONE, Optional.empty());

    /** Where a worker stands with a run's onboarding. */
    public enum Onboarding {
        /** Passed, or there is none. */
        DONE,
        DUE,
        FAILED
    }

    /** Whether a worker needs gold. */
    public enum Gold {
        NONE,
        /** A gold unit, or an ordinary one when there is no more gold. */
        WANTED,
        /** A gold unit, or none. */
        REQUIRED
    }

    /** Whether the worker may get an ordinary unit, as far as qualifications go. */
    public boolean isClear() {
        return equals(CLEAR);
    }
}
