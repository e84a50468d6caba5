package org.mephisto.supervisor.eligibility;

import java.util.Map;
import java.util.Optional;

/**
 * A worker's first unit screens them.
 *
 * @param passed granted to those who pass
 * @param blocked granted to those who do not, and nobody may hold it
 * @param most how many screening units there may be
 * @param items what they are made of; empty where real units screen
 */
public record ScreeningRule(String passed, String blocked, int most, Optional<SpecialItems> items) {
    /** Whether the worker is still to be screened. */
    public boolean isDue(Map<String, Integer> granted) {
        return !granted.containsKey(passed);
    }
}
