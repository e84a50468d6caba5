package org.mephisto.supervisor.eligibility;

import java.util.Map;

/**
 * New workers are tried out first.
 *
 * @param qualification granted as 1 to those who pass and as 0 to those who do not
 */
public record OnboardingRule(String qualification) {
    /** What those who do not pass are granted besides, and nobody may hold. */
    public String failed() {
        return qualification + "-failed";
    }

    /** Whether the worker has been tried out, whatever came of it. */
    public boolean isDecided(Map<String, Integer> granted) {
        return granted.containsKey(qualification);
    }

    /** Whether the worker has been tried out and did not pass. */
    public boolean isFailed(Map<String, Integer> granted) {
        return granted.getOrDefault(qualification, 1) == 0;
    }
}
