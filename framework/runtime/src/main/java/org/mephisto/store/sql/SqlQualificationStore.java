package org.mephisto.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.mephisto.spi.model.Worker;
import org.mephisto.store.QualificationStore;

record SqlQualificationStore(Session session, GrantChanges.View grants) implements QualificationStore {
    private static final String INSERT = "INSERT INTO qualifications (name, created_at) VALUES (?, ?)";
    private static final String GRANT = """
            INSERT INTO granted_qualifications (worker_id, qualification_id, value, created_at, update_date)
            VALUES (?, ?, ?, ?, ?)""";
    private static final String DESCRIBED = """
            SELECT q.id, q.name, q.description, q.created_at,
                   (SELECT COUNT(*) FROM granted_qualifications g WHERE g.qualification_id = q.id)
            FROM qualifications q
            """;

    @Override
    public long findOrCreate(String name) {
        TextLimit.NAME.check("qualification's name", name);
        return findId(name).orElseGet(() -> {
            session.update(session.dialect().insertIfAbsent(INSERT), name, System.currentTimeMillis());
            return findId(name).orElseThrow();
        });
    }

    private Optional<Long> findId(String name) {
        return session.find("SELECT id FROM qualifications WHERE name = ?", row -> row.getLong(1), name);
    }

    @Override
    public List<String> list() {
        return session.list("SELECT name FROM qualifications ORDER BY name", row -> row.getString(1));
    }

    @Override
    public Optional<Qualification> find(String name) {
        return session.find(DESCRIBED + "WHERE q.name = ?", SqlQualificationStore::qualification, name);
    }

    @Override
    public List<Qualification> listDescribed() {
        return session.list(DESCRIBED + "ORDER BY q.name", SqlQualificationStore::qualification);
    }

    @Override
    public void describe(String name, Optional<String> description) {
        session.update("UPDATE qualifications SET description = ? WHERE name = ?", description.orElse(null), name);
    }

    @Override
    public List<Holder> listHolders(String name) {
        return session.list(
                """
                SELECT w.id, w.name, w.provider_type, g.value, g.created_at, g.update_date
                FROM granted_qualifications g
                JOIN qualifications q ON q.id = g.qualification_id
                JOIN workers w ON w.id = g.worker_id
                WHERE q.name = ? ORDER BY w.name, w.provider_type""",
                row -> new Holder(
                        new Worker(row.getLong(1), row.getString(2), row.getString(3)),
                        row.getInt(4),
                        Instant.ofEpochMilli(row.getLong(5)),
                        Instant.ofEpochMilli(row.getLong(6))),
                name);
    }

    @Override
    public boolean deleteUnused(String name) {
        return session.update("""
                        DELETE FROM qualifications WHERE name = ?
                        AND NOT EXISTS (SELECT 1 FROM granted_qualifications g WHERE g.qualification_id = qualifications.id)""", name) > 0;
    }

    private static Qualification qualification(ResultSet row) throws SQLException {
        return new Qualification(
                row.getLong(1),
                row.getString(2),
                Optional.ofNullable(row.getString(3)),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getLong(5));
    }

    @Override
    public void grant(String name, long workerId, int value) {
        grants.change();
        long id = findOrCreate(name);
        long now = System.currentTimeMillis();
        session.update(session.dialect().insertIfAbsent(GRANT), workerId, id, value, now, now);
        session.update(
                "UPDATE granted_qualifications SET value = ?, update_date = ? WHERE worker_id = ? AND qualification_id = ?",
                value,
                now,
                workerId,
                id);
    }

    @Override
    public void increment(String name, long workerId) {
        grants.change();
        long now = System.currentTimeMillis();
        if (session.update("""
                        UPDATE granted_qualifications SET value = value + 1, update_date = ?
                        WHERE worker_id = ? AND qualification_id = (SELECT id FROM qualifications WHERE name = ?)""", now, workerId, name) == 0) {
            grant(name, workerId, 1);
        }
    }

    @Override
    public boolean revoke(String name, long workerId) {
        grants.change();
        return session.update("""
                        DELETE FROM granted_qualifications
                        WHERE worker_id = ? AND qualification_id = (SELECT id FROM qualifications WHERE name = ?)""", workerId, name) > 0;
    }

    @Override
    public OptionalInt granted(String name, long workerId) {
        return session.find("""
                        SELECT g.value FROM granted_qualifications g JOIN qualifications q ON q.id = g.qualification_id
                        WHERE g.worker_id = ? AND q.name = ?""", row -> OptionalInt.of(row.getInt(1)), workerId, name)
                .orElse(OptionalInt.empty());
    }

    @Override
    public long stamp() {
        return grants.stamp();
    }

    @Override
    public boolean isStill(long stamp) {
        return grants.isStill(stamp);
    }

    @Override
    public Map<String, Integer> listGranted(long workerId) {
        Map<String, Integer> granted = new TreeMap<>();
        session.list(
                """
                SELECT q.name, g.value FROM granted_qualifications g JOIN qualifications q ON q.id = g.qualification_id
                WHERE g.worker_id = ?""",
                row -> {
                    granted.put(row.getString(1), row.getInt(2));
                    return true;
                },
                workerId);
        return granted;
    }
}
