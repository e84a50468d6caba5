package org.mephisto.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.store.sql.SqlStores;

final class SqliteStoreTest implements StoreContract {
    private final Path folder;
    private final Store store;

    SqliteStoreTest(@TempDir Path folder) {
        this.folder = folder;
        this.store = SqlStores.open(Databases.sqlite(), folder);
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Store openAgain() {
        return SqlStores.open(Databases.sqlite(), folder);
    }

    @Test
    void aStampHoldsWhileOtherThingsAreWritten() {
        worker("ann");
        long ofReader = stamp();
        long ofWriter = store.inTransaction(tx -> tx.qualifications().stamp());

        worker("bob");

        assertThat(isStill(ofReader)).isTrue();
        assertThat(isStill(ofWriter)).isTrue();
    }

    @AfterEach
    void close() {
        store.close();
    }
}
