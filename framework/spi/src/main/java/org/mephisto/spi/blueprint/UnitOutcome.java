package org.mephisto.spi.blueprint;

import java.util.ArrayList;
import java.util.List;

/**
 * What blueprint code says of finished work. Flags call a reviewer's attention; accepting and rejecting are the reviewer's.
 *
 * @param flags plain sentences
 */
public record UnitOutcome(List<String> flags) {
    private static final UnitOutcome COMPLETED = new UnitOutcome(List.of());

    public UnitOutcome {
        flags = List.copyOf(flags);
    }

    public static UnitOutcome completed() {
        return COMPLETED;
    }

    public static UnitOutcome flagged(String reason) {
        return new UnitOutcome(List.of(reason));
    }

    /** This outcome with one more flag. */
    public UnitOutcome andFlag(String reason) {
        List<String> more = new ArrayList<>(flags);
        more.add(reason);
        return new UnitOutcome(more);
    }
}
