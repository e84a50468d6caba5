package org.mephisto.spi.provider;

import org.mephisto.spi.model.Worker;

/**
 * A provider that keeps qualifications of its own, so that workers who lack one never see the task. Called after each change that is
 * committed here; the same call may come twice. Calls may block.
 *
 * <p>What a run grants is told on virtual threads, several at once for different workers; a call is given up after a minute, and made again a
 * few times when it throws. What a requester grants or revokes is told on the requester's own thread, which gets to see what is thrown.
 */
public interface HoldsQualifications {
    /** The worker holds it with this value from now on. There may be no such qualification at the provider yet. */
    void grantQualification(Worker worker, String qualificationName, int value);

    /** The worker no longer holds it, if they ever did. */
    void revokeQualification(Worker worker, String qualificationName);
}
