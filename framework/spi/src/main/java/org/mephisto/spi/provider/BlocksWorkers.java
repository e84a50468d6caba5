package org.mephisto.spi.provider;

import org.mephisto.spi.model.Worker;

/** A provider that can keep a worker away from all of a requester's tasks. Calls may block. */
public interface BlocksWorkers {
    void blockWorker(Worker worker, String reason);

    void unblockWorker(Worker worker, String reason);

    boolean isBlocked(Worker worker);
}
