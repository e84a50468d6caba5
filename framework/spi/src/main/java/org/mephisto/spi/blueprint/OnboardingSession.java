package org.mephisto.spi.blueprint;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.mephisto.spi.json.JsonValue;

/** One worker's onboarding. Confined to the thread that runs the code. */
public interface OnboardingSession {
    OnboardingAgent agent();

    InstantSource clock();

    /** Seeded from the onboarding: the same numbers after a restart. */
    RandomGenerator random();

    /** What the page was given, {@code onboarding_data}. */
    JsonValue onboardingData();
}
