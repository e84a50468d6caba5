package org.mephisto.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.RunTypes;
import org.mephisto.spi.model.TaskRun;
import org.mephisto.store.TaskRunStore;

record SqlTaskRunStore(Session session) implements TaskRunStore {
    private static final String SELECT = """
            SELECT r.id, r.task_id, t.name, r.requester_id, r.blueprint_type, r.architect_type, r.provider_type,
                   r.config, r.created_at, r.completed_at
            FROM task_runs r JOIN tasks t ON t.id = r.task_id
            """;

    @Override
    public TaskRun create(long taskId, long requesterId, RunTypes types, JsonValue config) {
        long id = session.insert(
                """
                INSERT INTO task_runs
                    (task_id, requester_id, blueprint_type, architect_type, provider_type, config, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
                taskId,
                requesterId,
                TextLimit.WORD.check("blueprint type", types.blueprint()),
                TextLimit.WORD.check("architect type", types.architect()),
                TextLimit.WORD.check("provider type", types.provider()),
                config.text(),
                System.currentTimeMillis());
        return find(id).orElseThrow();
    }

    @Override
    public Optional<TaskRun> find(long id) {
        return session.find(SELECT + "WHERE r.id = ?", SqlTaskRunStore::taskRun, id);
    }

    @Override
    public List<TaskRun> listByTask(long taskId) {
        return session.list(SELECT + "WHERE r.task_id = ? ORDER BY r.id", SqlTaskRunStore::taskRun, taskId);
    }

    @Override
    public Optional<TaskRun> findLatest(String providerType) {
        return session.find(
                SELECT + "WHERE r.provider_type = ? ORDER BY r.id DESC LIMIT 1",
                SqlTaskRunStore::taskRun,
                providerType);
    }

    @Override
    public void markCompleted(long id) {
        session.update(
                "UPDATE task_runs SET completed_at = ? WHERE id = ? AND completed_at IS NULL",
                System.currentTimeMillis(),
                id);
    }

    @Override
    public boolean deleteUnused(long id) {
        return session.update(
                        "DELETE FROM task_runs WHERE id = ? AND NOT EXISTS (SELECT 1 FROM assignments WHERE task_run_id = ?)",
                        id,
                        id)
                == 1;
    }

    private static TaskRun taskRun(ResultSet row) throws SQLException {
        return new TaskRun(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getLong(4),
                new RunTypes(row.getString(5), row.getString(6), row.getString(7)),
                JsonValue.ofText(row.getString(8)),
                Instant.ofEpochMilli(row.getLong(9)),
                row.getObject(10) != null);
    }
}
