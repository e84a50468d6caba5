package org.mephisto.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
    public List<Worker> list(String name) {
        return session.list(
                "SELECT id, name, provider_type FROM workers WHERE name = ? ORDER BY provider_type",
                SqlWorkerStore::worker,
                name);
    }

    @Override
    public List<String> listNewestNames(int limit) {
        return session.list("SELECT name FROM workers ORDER BY id DESC LIMIT ?", row -> row.getString(1), limit);
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

    @Override
    public List<WorkedUnit> history(long workerId, long taskId) {
        List<WorkedUnit> newestFirst = new ArrayList<>();
        Optional<Link> link =
                session.find("SELECT last_agent_id FROM workers WHERE id = ?", row -> new Link(row, 1), workerId);
        while (link.isPresent() && link.get().agentId() != 0) {
            Optional<Past> past = session.find("""
                    SELECT a.previous_agent_id, r.task_id, a.id, a.registration_id, a.unit_id, u.assignment_id, a.task_run_id, a.status, u.status
                    FROM agents a JOIN task_runs r ON r.id = a.task_run_id JOIN units u ON u.id = a.unit_id
                    WHERE a.id = ?""", Past::new, link.get().agentId());
            past.filter(found -> found.taskId() == taskId).ifPresent(found -> newestFirst.add(found.work()));
            link = past.map(Past::before);
        }
        return newestFirst.reversed();
    }

    /** A place in a worker's chain of agents; 0 where it ends. */
    private record Link(long agentId) {
        Link(ResultSet row, int column) throws SQLException {
            this(row.getLong(column));
        }
    }

    /** One agent of the chain. */
    private record Past(Link before, long taskId, WorkedUnit work) {
        Past(ResultSet row) throws SQLException {
            this(
                    new Link(row, 1),
                    row.getLong(2),
                    new WorkedUnit(
                            row.getLong(3),
                            row.getString(4),
                            row.getLong(5),
                            row.getLong(6),
                            row.getLong(7),
                            AgentStatus.ofWord(row.getString(8)),
                            UnitStatus.ofWord(row.getString(9))));
        }
    }

    private static Worker worker(ResultSet row) throws SQLException {
        return new Worker(row.getLong(1), row.getString(2), row.getString(3));
    }
}
