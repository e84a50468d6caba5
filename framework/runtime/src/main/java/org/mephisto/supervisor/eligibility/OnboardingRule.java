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

    Standing.Onboarding standing(Map<String, Integer> granted) {
        Integer value = granted.get(qualification);
        if (value == null) {
            return Standing.Onboarding.DUE;
        }
        return value == 0 ? Standing.Onboarding.FAILED : Standing.Onboarding.DONE;
    }
}
