package org.mephisto.spi.blueprint;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Where running blueprint code gets time and chance. Confined to the thread that runs the code. After a crash the same code can be run
 * again over the same values, so use these and never {@code Instant.now()} or {@code Math.random()}.
 */
public interface Session {
    InstantSource clock();

    /** Seeded from the unit or assignment: the same numbers after a restart. */
    RandomGenerator random();

    AssignmentData assignment();
}
