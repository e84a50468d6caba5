package org.mephisto.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * The task runs of this process, for those who look after them. Every change leaves an audit row. Thread-safe; called on virtual threads,
 * may block.
 *
 * <p>A run is told as {@code {task_run_id, task_name, state, url, units: {created, launched, in_work, completed, expired},
 * submissions_per_minute, refusals: {reason: count}, settings: {...}}}; the state is {@code running}, {@code paused} or {@code stopping}.
 */
public interface RunControl {
    List<ObjectNode> list();

    /** @throws org.mephisto.spi.error.MephistoException {@code NOT_FOUND} naming the runs there are */
    ObjectNode show(long taskRunId);

    /**
     * Changes settings of a run, all or none.
     *
     * @param settings keys of {@code mephisto.task} without that prefix
     * @param who for the audit
     * @throws org.mephisto.spi.error.MephistoException when a key cannot be changed or a value is out of range
     */
    ObjectNode change(long taskRunId, Map<String, String> settings, String who);

    /** Hands out no more units until {@link #resume}; those at work go on. */
    ObjectNode pause(long taskRunId, String who);

    ObjectNode resume(long taskRunId, String who);

    /** Expires what nobody works on; the run ends when those at work are done. */
    ObjectNode stop(long taskRunId, String who);
}
