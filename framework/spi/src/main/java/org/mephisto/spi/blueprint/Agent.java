package org.mephisto.spi.blueprint;

import org.mephisto.spi.model.Unit;

/** A worker on a unit. Thread-safe. */
public non-sealed interface Agent extends ActingAgent {
    Unit unit();
}
