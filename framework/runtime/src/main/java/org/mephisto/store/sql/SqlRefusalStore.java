package org.mephisto.store.sql;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.store.Refusal;
import org.mephisto.store.RefusalStore;

record SqlRefusalStore(Session session) implements RefusalStore {
    @Override
    public void add(long taskRunId, long workerId, FailureReason reason, JsonValue details, Instant at) {
        if (session.update("""
                        UPDATE refusals SET refusal_count = refusal_count + 1, last_at = ?, details = ?
                        WHERE task_run_id = ? AND worker_id = ? AND reason = ?""", at.toEpochMilli(), details.text(), taskRunId, workerId, reason.name()) == 0) {
            session.update("""
                    INSERT INTO refusals (task_run_id, worker_id, reason, refusal_count, last_at, details)
                    VALUES (?, ?, ?, 1, ?, ?)""", taskRunId, workerId, reason.name(), at.toEpochMilli(), details.text());
        }
    }

    @Override
    public List<Refusal> listByWorker(long workerId, long taskId) {
        return session.list(
                """
                SELECT f.task_run_id, f.reason, f.refusal_count, f.last_at, f.details
                FROM refusals f JOIN task_runs r ON r.id = f.task_run_id
                WHERE f.worker_id = ? AND r.task_id = ?
                ORDER BY f.last_at DESC, f.task_run_id DESC, f.reason""",
                row -> new Refusal(
                        row.getLong(1),
                        workerId,
                        FailureReason.valueOf(row.getString(2)),
                        row.getLong(3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        JsonValue.ofText(row.getString(5))),
                workerId,
                taskId);
    }

    @Override
    public Map<FailureReason, Long> countByReason(long taskRunId) {
        Map<FailureReason, Long> counts = new EnumMap<>(FailureReason.class);
        session.list(
                "SELECT reason, SUM(refusal_count) FROM refusals WHERE task_run_id = ? GROUP BY reason",
                row -> {
                    counts.put(FailureReason.valueOf(row.getString(1)), row.getLong(2));
                    return true;
                },
                taskRunId);
        return counts;
    }
}
