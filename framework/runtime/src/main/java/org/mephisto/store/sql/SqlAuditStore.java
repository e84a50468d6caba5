package org.mephisto.store.sql;

import java.time.Instant;
import java.util.List;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.store.AuditStore;

record SqlAuditStore(Session session) implements AuditStore {
    @Override
    public void add(AuditEntry entry) {
        session.update(
                "INSERT INTO audit (task_run_id, who, action, details, created_at) VALUES (?, ?, ?, ?, ?)",
                entry.taskRunId(),
                TextLimit.NAME.check("user's name", entry.who()),
                TextLimit.WORD.check("action", entry.action()),
                entry.details().text(),
                entry.createdAt().toEpochMilli());
    }

    @Override
    public List<AuditEntry> list(long taskRunId) {
        return session.list(
                "SELECT task_run_id, who, action, details, created_at FROM audit WHERE task_run_id = ? ORDER BY id",
                row -> new AuditEntry(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        JsonValue.ofText(row.getString(4)),
                        Instant.ofEpochMilli(row.getLong(5))),
                taskRunId);
    }
}
