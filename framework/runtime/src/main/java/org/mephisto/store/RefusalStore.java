package org.mephisto.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.FailureReason;

/** Why workers got no unit. */
public interface RefusalStore {
    /** Counts one more, whose details take the place of the last one's. */
    void add(long taskRunId, long workerId, FailureReason reason, JsonValue details, Instant at);

    /** Those of this worker in all runs of the task, the latest first. */
    List<Refusal> listByWorker(long workerId, long taskId);

    /** How often each reason was given in the run; reasons that were not are absent. */
    Map<FailureReason, Long> countByReason(long taskRunId);
}
