package org.mephisto.spi.provider;

import java.util.Map;
import java.util.Optional;
import org.mephisto.spi.json.JsonValue;

/**
 * A provider type's own tables: named tables of JSON values by key, in the same database as everything else. Every call is one
 * transaction and blocks; thread-safe.
 */
public interface ProviderStore {
    /** Stores or replaces; durable when it returns. */
    void put(String table, String key, JsonValue value);

    /** Stores unless the key is there already. */
    boolean putIfAbsent(String table, String key, JsonValue value);

    Optional<JsonValue> find(String table, String key);

    /** Everything in the table, ordered by key. */
    Map<String, JsonValue> list(String table);

    /** @return whether it was there */
    boolean remove(String table, String key);
}
