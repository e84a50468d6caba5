package org.mephisto.store.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.provider.ProviderStore;
import org.mephisto.store.Store;
import org.mephisto.store.Transaction;

/** A provider type's share of {@code provider_data}. Thread-safe. */
record SqlProviderStore(Store store, String providerType) implements ProviderStore {
    private static final String INSERT =
            "INSERT INTO provider_data (provider_type, table_name, item_key, value) VALUES (?, ?, ?, ?)";

    @Override
    public void put(String table, String key, JsonValue value) {
        check(table, key);
        store.inTransaction(tx -> {
            Session session = session(tx);
            int changed = session.update(
                    "UPDATE provider_data SET value = ? WHERE provider_type = ? AND table_name = ? AND item_key = ?",
                    value.text(),
                    providerType,
                    table,
                    key);
            return changed > 0 ? changed : session.update(INSERT, providerType, table, key, value.text());
        });
    }

    @Override
    public boolean putIfAbsent(String table, String key, JsonValue value) {
        check(table, key);
        return store.inTransaction(tx -> {
            Session session = session(tx);
            return session.update(session.dialect().insertIfAbsent(INSERT), providerType, table, key, value.text()) > 0;
        });
    }

    @Override
    public Optional<JsonValue> find(String table, String key) {
        return store.read(tx -> session(tx)
                .find(
                        "SELECT value FROM provider_data WHERE provider_type = ? AND table_name = ? AND item_key = ?",
                        row -> JsonValue.ofText(row.getString(1)),
                        providerType,
                        table,
                        key));
    }

    @Override
    public Map<String, JsonValue> list(String table) {
        return store.read(tx -> {
            Map<String, JsonValue> all = new LinkedHashMap<>();
            session(tx)
                    .list(
                            """
                            SELECT item_key, value FROM provider_data
                            WHERE provider_type = ? AND table_name = ? ORDER BY item_key""",
                            row -> {
                                all.put(row.getString(1), JsonValue.ofText(row.getString(2)));
                                return true;
                            },
                            providerType,
                            table);
            return all;
        });
    }

    @Override
    public boolean remove(String table, String key) {
        return store.inTransaction(tx -> session(tx)
                        .update(
                                "DELETE FROM provider_data WHERE provider_type = ? AND table_name = ? AND item_key = ?",
                                providerType,
                                table,
                                key)
                > 0);
    }

    private static void check(String table, String key) {
        TextLimit.WORD.check("provider table's name", table);
        TextLimit.KEY.check("provider item's key", key);
    }

    private static Session session(Transaction transaction) {
        return ((SqlTransaction) transaction).session();
    }
}
