package org.mephisto.spi.blueprint;

import java.util.Optional;
import org.mephisto.spi.config.Option;

/** The keys of a blueprint that tries workers out before their first unit; taken in with {@link org.mephisto.spi.config.Mixin}. */
public record OnboardingArgs(
        @Option(help = "The qualification that workers get by passing the onboarding. Absent: no onboarding.")
        Optional<String> onboardingQualification) {

    /** Whether workers are tried out at all. */
    public boolean isUsed() {
        return onboardingQualification.filter(name -> !name.isBlank()).isPresent();
    }
}
