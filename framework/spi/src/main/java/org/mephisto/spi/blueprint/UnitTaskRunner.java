package org.mephisto.spi.blueprint;

/** Work that each worker does alone. */
public non-sealed interface UnitTaskRunner extends TaskRunner {
    /**
     * Runs one unit, from the moment the worker has it. Called once per agent on a virtual thread of its own; blocking is normal. A
     * submission completes the unit at once, whether or not this method has returned: what it returns or does after
     * {@link Agent#awaitSubmit} can add flags, never undo. When it returns before the worker has submitted, the framework waits
     * {@code submission_timeout} seconds for that.
     *
     * <p>An {@link AbsentAgentException} (worker gone, timed out, run shut down) may simply pass through. Anything else thrown is logged, and
     * the unit flagged; other units are not touched.
     */
    UnitOutcome runUnit(UnitSession session) throws InterruptedException;
}
