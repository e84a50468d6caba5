package org.mephisto.spi.provider;

import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.Worker;

/** A provider that pays. Each call carries a key: a call that is made again with the same key must not pay again. May block. */
public interface PaysWorkers {
    void approveWork(Unit unit, Worker worker, String idempotencyKey);

    void rejectWork(Unit unit, Worker worker, String reason);

    /** @param dollars more than 0 */
    void bonusWorker(Unit unit, Worker worker, double dollars, String reason, String idempotencyKey);
}
