package org.mephisto.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mephisto.spi.model.Task;
import org.mephisto.store.TaskStore;

record SqlTaskStore(Session session) implements TaskStore {
    private static final String INSERT = "INSERT INTO tasks (name, created_at) VALUES (?, ?)";

    @Override
    public Task findOrCreate(String name) {
        TextLimit.NAME.check("task name", name);
        return find(name).orElseGet(() -> {
            session.update(session.dialect().insertIfAbsent(INSERT), name, System.currentTimeMillis());
            return find(name).orElseThrow();
        });
    }

    @Override
    public Optional<Task> find(String name) {
        return session.find("SELECT id, name, created_at FROM tasks WHERE name = ?", SqlTaskStore::task, name);
    }

    @Override
    public List<Task> list() {
        return session.list("SELECT id, name, created_at FROM tasks ORDER BY name", SqlTaskStore::task);
    }

    private static Task task(ResultSet row) throws SQLException {
        return new Task(row.getLong(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3)));
    }
}
