package org.mephisto.spi.blueprint;

/** A {@link Blueprint} that can try workers out before their first unit; the framework does it when its options name a qualification. */
public interface OnboardsWorkers {
    OnboardingArgs onboarding();
}
