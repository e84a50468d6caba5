package org.mephisto.store;

import java.util.List;
import java.util.Optional;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.RunTypes;
import org.mephisto.spi.model.TaskRun;

/** Task runs. */
public interface TaskRunStore {
    TaskRun create(long taskId, long requesterId, RunTypes types, JsonValue config);

    Optional<TaskRun> find(long id);

    /** Oldest first. */
    List<TaskRun> listByTask(long taskId);

    /** The last run whose workers come from this type of provider. */
    Optional<TaskRun> findLatest(String providerType);

    void markCompleted(long id);

    /** Deletes a run that has no assignments; says whether it was one. */
    boolean deleteUnused(long id);
}
