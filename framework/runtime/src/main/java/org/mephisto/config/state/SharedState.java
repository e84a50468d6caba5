package org.mephisto.config.state;

import org.mephisto.spi.blueprint.SharedTaskState;

/** What {@code mephisto.shared_state} and a program's own state come to together. */
public record SharedState(SharedTaskState state, EligibilityData eligibility) {}
