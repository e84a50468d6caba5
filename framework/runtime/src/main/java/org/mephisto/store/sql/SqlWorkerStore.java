package org.mephisto.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.spi.model.Worker;
import org.mephisto.store.WorkerStore;

record SqlWorkerStore(Session session) implements WorkerStore {
    private static final String INSERT = "INSERT INTO workers (name, provider_type, created_at) VALUES (?, ?, ?)";

    @Override
    public Optional<Worker> find(String name, String providerType) {
        return session.find(
                "SELECT id, name, provider_type FROM workers WHERE name = ? AND provider_type = ?",
                SqlWorkerStore::worker,
                name,
                providerType);
    }

    @Override
    public Optional<Worker> find(long id) {
        return session.find("SELECT id, name, provider_type FROM workers WHERE id = ?", SqlWorkerStore::worker, id);
    }

    @Override
    public Found findOrCreate(String name, String providerType) {
        TextLimit.NAME.check("worker's name", name);
        TextLimit.WORD.check("provider type", providerType);
        Optional<Worker> known = find(name, providerType);
        if (known.isPresent()) {
            return new Found(known.get(), false);
        }
        boolean isNew =
                session.update(session.dialect().insertIfAbsent(INSERT), name, providerType, System.currentTimeMillis())
                        > 0;
        return new Found(find(name, providerType).orElseThrow(), isNew);
    }

    /** {@code CROSS JOIN} keeps SQLite from beginning with the task's runs: the worker's own agents are the few rows. */
    @Override
    public List<WorkedUnit> history(long workerId, long taskId) {
        return session.list(
                """
                SELECT a.id, a.registration_id, a.unit_id, u.assignment_id, a.task_run_id, a.status, u.status
                FROM agents a
                CROSS JOIN task_runs r ON r.id = a.task_run_id
                CROSS JOIN units u ON u.id = a.unit_id
                WHERE a.worker_id = ? AND r.task_id = ?
                ORDER BY a.id""",
                row -> new WorkedUnit(
                        row.getLong(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        AgentStatus.ofWord(row.getString(6)),
                        UnitStatus.ofWord(row.getString(7))),
                workerId,
                taskId);
    }

    private static Worker worker(ResultSet row) throws SQLException {
        return new Worker(row.getLong(1), row.getString(2), row.getString(3));
    }
}
