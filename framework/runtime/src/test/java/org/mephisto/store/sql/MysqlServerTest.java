package org.mephisto.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.Task;
import org.mephisto.store.DatabaseConfig;
import org.mephisto.store.Databases;
import org.mephisto.store.MariaServer;
import org.mephisto.store.Store;
import org.mephisto.store.Transaction;

@EnabledOnOs(OS.LINUX)
final class MysqlServerTest {
    @Test
    void aConnectionLostInTheMiddleOfWorkIsMadeAnewAndTheWorkRunAgain() {
        AtomicInteger runs = new AtomicInteger();
        try (Store store = open(MariaServer.emptyDatabase())) {
            Task task = store.inTransaction(tx -> {
                tx.tasks().findOrCreate("before");
                if (runs.incrementAndGet() == 1) {
                    MariaServer.execute("KILL " + connectionOf(tx));
                }
                return tx.tasks().findOrCreate("after");
            });

            List<Task> stored = store.read(tx -> tx.tasks().list());
            assertThat(runs.get()).isGreaterThan(1);
            assertThat(stored).extracting(Task::name).containsExactly("after", "before");
            assertThat(stored).contains(task);
        }
    }

    @Test
    void aConnectionLostWhileNothingWasAskedOfItCostsNobodyTheirWork() {
        try (Store store = open(MariaServer.emptyDatabase())) {
            long connection = store.inTransaction(MysqlServerTest::connectionOf);
            MariaServer.execute("KILL " + connection);

            Task task = store.inTransaction(tx -> tx.tasks().findOrCreate("later"));

            assertThat(task.id()).isPositive();
        }
    }

    private static long connectionOf(Transaction tx) {
        return ((SqlTransaction) tx)
                .session()
                .find("SELECT CONNECTION_ID()", row -> row.getLong(1))
                .orElseThrow();
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        MephistoException refused = refused(Databases.mysql(port, "mephisto", "ann", "secret"));

        assertThat(refused).hasMessageContaining("127.0.0.1:" + port).hasMessageContaining("cannot be reached");
        assertThat(refused.getMessage()).doesNotContain("secret");
    }

    @Test
    void aWrongPasswordIsSaidWithoutSayingIt() {
        MephistoException refused = refused(Databases.mysql(MariaServer.port(), "mephisto", "tester", "wrong-secret"));

        assertThat(refused).hasMessageContaining("\"tester\"").hasMessageContaining("mephisto.database.password");
        assertThat(refused.getMessage()).doesNotContain("wrong-secret");
    }

    @Test
    void aMissingDatabaseIsNamed() {
        DatabaseConfig there = MariaServer.emptyDatabase();

        MephistoException refused = refused(Databases.mysql(
                there.port(),
                "absent",
                there.user().orElseThrow(),
                there.password().orElseThrow()));

        assertThat(refused).hasMessageContaining("/absent").hasMessageContaining("CREATE DATABASE");
    }

    @Test
    void aUrlWithoutADatabaseIsRefused() {
        DatabaseConfig there = MariaServer.emptyDatabase();

        MephistoException refused = refused(withUrl(there, "jdbc:mysql://127.0.0.1:" + there.port() + "/"));

        assertThat(refused).hasMessageContaining("names no database");
    }

    @Test
    void aUrlIsUsedInsteadOfHostAndPort() {
        DatabaseConfig there = MariaServer.emptyDatabase();
        String url = "jdbc:mysql://127.0.0.1:" + there.port() + "/" + there.database();

        try (Store store = open(withUrl(there, url))) {
            Task task = store.inTransaction(tx -> tx.tasks().findOrCreate("t"));
            assertThat(task.id()).isPositive();
        }
    }

    private static DatabaseConfig withUrl(DatabaseConfig config, String url) {
        return new DatabaseConfig("mysql", Optional.of(url), "nowhere", 1, "none", config.user(), config.password(), 2);
    }

    @Test
    void aDatabaseOfANewerVersionIsLeftAlone() {
        DatabaseConfig database = MariaServer.emptyDatabase();
        open(database).close();
        MariaServer.execute("INSERT INTO " + database.database() + ".migrations VALUES (99, 'V099__future', 0)");

        assertThat(refused(database)).hasMessageContaining("\"99\"").hasMessageContaining("newer Mephisto");
    }

    @Test
    void aMigrationThatWasBrokenOffIsFinished() {
        DatabaseConfig database = MariaServer.emptyDatabase();
        open(database).close();
        MariaServer.execute(
                "DELETE FROM " + database.database() + ".migrations", "DROP TABLE " + database.database() + ".agents");

        try (Store store = open(database)) {
            var open = store.read(tx -> tx.agents().listOpen(1));
            assertThat(open).isEmpty();
        }
    }

    @Test
    void manyWhoOpenANewDatabaseAtTheSameMomentAllCan() throws Exception {
        DatabaseConfig database = MariaServer.emptyDatabase();
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Task>> opened = new ArrayList<>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                String name = "task-" + i;
                opened.add(threads.submit(() -> {
                    start.await();
                    try (Store store = open(database)) {
                        return store.inTransaction(tx -> tx.tasks().findOrCreate(name));
                    }
                }));
            }
            start.countDown();
        }

        for (Future<Task> task : opened) {
            assertThat(task.get().id()).isPositive();
        }
    }

    private static Store open(DatabaseConfig database) {
        return SqlStores.open(database, Path.of("unused"));
    }

    private static MephistoException refused(DatabaseConfig database) {
        MephistoException refused = catchThrowableOfType(
                MephistoException.class, () -> open(database).close());
        assertThat(refused.code()).isEqualTo(ErrorCode.STORE_UNUSABLE);
        return refused;
    }
}
