package org.mephisto.config.state;

import org.mephisto.spi.blueprint.SharedTaskState;

/**
 * What {@code mephisto.shared_state} comes to for one run.
 *
 * @param state its values and functions
 * @param hooks the objects behind functions in Java; closed once, when the run has ended and nobody calls them any more
 */
public record RunState(SharedTaskState state, AutoCloseable hooks) {}
