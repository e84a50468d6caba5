package org.mephisto.provider.inhouse;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.provider.ProviderStore;

/** A provider's tables in memory, which counts what is written. Confined to one thread. */
final class MapStore implements ProviderStore {
    private final Map<String, Map<String, JsonValue>> tables = new TreeMap<>();
    private int writes;

    int writes() {
        return writes;
    }

    @Override
    public void put(String table, String key, JsonValue value) {
        writes++;
        table(table).put(key, value);
    }

    @Override
    public boolean putIfAbsent(String table, String key, JsonValue value) {
        writes++;
        return table(table).putIfAbsent(key, value) == null;
    }

    @Override
    public Optional<JsonValue> find(String table, String key) {
        return Optional.ofNullable(table(table).get(key));
    }

    @Override
    public Map<String, JsonValue> list(String table) {
        return table(table);
    }

    @Override
    public boolean remove(String table, String key) {
        writes++;
        return table(table).remove(key) != null;
    }

    private Map<String, JsonValue> table(String name) {
        return tables.computeIfAbsent(name, key -> new TreeMap<>());
    }
}
