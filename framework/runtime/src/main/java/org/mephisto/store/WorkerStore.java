package org.mephisto.store;

import java.util.List;
import java.util.Optional;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.spi.model.Worker;

/** Workers; a name is unique within a provider type. */
public interface WorkerStore {
    Optional<Worker> find(String name, String providerType);

    Optional<Worker> find(long id);

    /** All of this name, whatever their provider; ordered by provider type. */
    List<Worker> list(String name);

    /** The names of those who came last, newest first: what somebody may have meant. */
    List<String> listNewestNames(int limit);

    /** Finds, or creates; {@link Found#isNew} says which. */
    Found findOrCreate(String name, String providerType);

    /** Every agent this worker has had in runs of the task, oldest first. */
    List<WorkedUnit> history(long workerId, long taskId);

    /** A worker and whether this transaction made the row. */
    record Found(Worker worker, boolean isNew) {}

    /** One agent of a worker, with its unit. The unit's status is that of the unit now, which may have gone to somebody else. */
    record WorkedUnit(
            long agentId,
            String registrationId,
            long unitId,
            long assignmentId,
            long taskRunId,
            AgentStatus agentStatus,
            UnitStatus unitStatus) {}
}
