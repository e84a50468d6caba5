package org.mephisto.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Requester;
import org.mephisto.store.RequesterStore;

record SqlRequesterStore(Session session) implements RequesterStore {
    private static final String SELECT = "SELECT id, name, provider_type, credentials FROM requesters ";

    @Override
    public Requester register(String name, String providerType, JsonValue credentials) {
        TextLimit.NAME.check("requester's name", name);
        TextLimit.WORD.check("provider type", providerType);
        long now = System.currentTimeMillis();
        long changed = Math.max(now, lastChange() + 1);
        session.update(session.dialect().insertIfAbsent("""
                                INSERT INTO requesters (name, provider_type, credentials, created_at, changed_at)
                                VALUES (?, ?, ?, ?, ?)"""), name, providerType, credentials.text(), now, changed);
        session.update(
                "UPDATE requesters SET credentials = ?, changed_at = ? WHERE name = ? AND provider_type = ?",
                credentials.text(),
                changed,
                name,
                providerType);
        return find(name, providerType).orElseThrow();
    }

    /** So that two changes within one millisecond still have an order. */
    private long lastChange() {
        return session.find("SELECT MAX(changed_at) FROM requesters", row -> row.getLong(1))
                .orElse(0L);
    }

    @Override
    public Optional<Requester> find(String name, String providerType) {
        return session.find(
                SELECT + "WHERE name = ? AND provider_type = ?", SqlRequesterStore::requester, name, providerType);
    }

    @Override
    public Optional<Requester> find(long id) {
        return session.find(SELECT + "WHERE id = ?", SqlRequesterStore::requester, id);
    }

    @Override
    public Optional<Requester> findLatest(String providerType) {
        return session.find(
                SELECT + "WHERE provider_type = ? ORDER BY changed_at DESC LIMIT 1",
                SqlRequesterStore::requester,
                providerType);
    }

    @Override
    public List<Requester> list() {
        return session.list(SELECT + "ORDER BY name, provider_type", SqlRequesterStore::requester);
    }

    private static Requester requester(ResultSet row) throws SQLException {
        return new Requester(row.getLong(1), row.getString(2), row.getString(3), JsonValue.ofText(row.getString(4)));
    }
}
