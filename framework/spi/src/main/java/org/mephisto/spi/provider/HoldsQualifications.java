package org.mephisto.spi.provider;

import org.mephisto.spi.model.Worker;

/** A provider that keeps qualifications of its own, so that workers who lack one never see the task. Calls may block. */
public interface HoldsQualifications {
    void grantQualification(Worker worker, String qualificationName, int value);

    void revokeQualification(Worker worker, String qualificationName);
}
