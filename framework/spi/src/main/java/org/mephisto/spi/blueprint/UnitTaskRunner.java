package org.mephisto.spi.blueprint;

/** Work that each worker does alone. */
public non-sealed interface UnitTaskRunner extends TaskRunner {
    /**
     * Runs one unit. Called once per agent on a virtual thread of its own, blocking is normal: from the moment the worker has the unit where
     * the work {@linkplain TaskRunner#isLive is live}, else when the submission is there, as nothing can happen before. A
     * submission completes the unit at once, whether or not this method has returned: what it returns or does after
     * {@link Agent#awaitSubmit} can add flags, never undo. When it returns before the worker has submitted, the framework waits
     * {@code submission_timeout} seconds for that.
     *
     * <p>An {@link AbsentAgentException} (worker gone, timed out, run shut down) may simply pass through. Anything else thrown is logged, and
     * the unit flagged; other units are not touched.
     */
    UnitOutcome runUnit(UnitSession session) throws InterruptedException;
}
