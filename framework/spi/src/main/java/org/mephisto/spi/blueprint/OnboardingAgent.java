package org.mephisto.spi.blueprint;

/** A worker who is being tried out before their first unit. Thread-safe. */
public non-sealed interface OnboardingAgent extends ActingAgent {}
