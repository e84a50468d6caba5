package org.mephisto.spi.provider;

import org.mephisto.spi.model.Worker;

/**
 * A provider that keeps qualifications of its own, so that workers who lack one never see the task. Called after each change that is
 * committed here, on virtual threads, several at once for different workers; calls may block, for at most a minute, and what they throw is
 * logged and tried again. The same call may come twice.
 */
public interface HoldsQualifications {
    /** The worker holds it with this value from now on. There may be no such qualification at the provider yet. */
    void grantQualification(Worker worker, String qualificationName, int value);

    /** The worker no longer holds it, if they ever did. */
    void revokeQualification(Worker worker, String qualificationName);
}
