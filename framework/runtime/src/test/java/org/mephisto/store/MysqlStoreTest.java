package org.mephisto.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.mephisto.store.sql.SqlStores;

@EnabledOnOs(OS.LINUX)
final class MysqlStoreTest implements StoreContract {
    private final DatabaseConfig database = MariaServer.emptyDatabase();
    private final Store store = openAgain(database);

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Store openAgain() {
        return openAgain(database);
    }

    private static Store openAgain(DatabaseConfig database) {
        return SqlStores.open(database, Path.of("unused"));
    }

    @AfterEach
    void close() {
        store.close();
    }
}
