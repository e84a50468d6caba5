package org.mephisto.spi.model;

import java.time.Instant;
import org.mephisto.spi.json.JsonValue;

/**
 * One launch of a task.
 *
 * @param config the whole resolved configuration, as it was launched
 * @param completed whether the run has ended; a run that is not completed can be taken up again
 */
public record TaskRun(
        long id,
        long taskId,
        String taskName,
        long requesterId,
        RunTypes types,
        JsonValue config,
        Instant createdAt,
        boolean completed) {}
