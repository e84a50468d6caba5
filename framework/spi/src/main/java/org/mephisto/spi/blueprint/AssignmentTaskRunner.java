package org.mephisto.spi.blueprint;

/** Work that the workers of an assignment do together. */
public non-sealed interface AssignmentTaskRunner extends TaskRunner {
    /**
     * Runs one assignment, from the moment that each of its units has a worker. Called once on a virtual thread of its own; blocking is
     * normal. Same rules as {@link UnitTaskRunner#runUnit}.
     */
    UnitOutcome runAssignment(AssignmentSession session) throws InterruptedException;
}
