package org.mephisto.store;

import java.time.Instant;
import java.util.List;
import org.mephisto.spi.json.JsonValue;

/** What was done to task runs while they went on. */
public interface AuditStore {
    void add(AuditEntry entry);

    /** Everything done to a run, in order. */
    List<AuditEntry> list(long taskRunId);

    /**
     * One thing that was done.
     *
     * @param who the user of the machine, or of the API
     * @param action such as {@code pause}
     * @param details an object, such as the settings changed
     */
    record AuditEntry(long taskRunId, String who, String action, JsonValue details, Instant createdAt) {}
}
