package org.mephisto.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.Task;
import org.mephisto.store.Databases;
import org.mephisto.store.Store;
import org.mephisto.store.Transaction;

final class GroupWriterTest {
    @TempDir
    private Path folder;

    @Test
    void workThatSwallowsAFailedStatementIsNotCommitted() {
        try (Store store = SqlStores.open(Databases.sqlite(), folder)) {
            MephistoException failure = catchThrowableOfType(
                    MephistoException.class,
                    () -> store.inTransaction(tx -> {
                        tx.tasks().findOrCreate("half");
                        return failQuietly(tx);
                    }));

            Optional<Task> stored = store.read(tx -> tx.tasks().find("half"));
            assertThat(failure.code()).isEqualTo(ErrorCode.STORE_FAILED);
            assertThat(stored).isEmpty();
        }
    }

    private static boolean failQuietly(Transaction tx) {
        try {
            ((SqlTransaction) tx).session().execute("INSERT INTO nowhere VALUES (1)");
            return true;
        } catch (MephistoException e) {
            return false;
        }
    }
}
