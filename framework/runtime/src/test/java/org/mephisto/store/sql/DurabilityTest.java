package org.mephisto.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.Task;
import org.mephisto.store.Databases;
import org.mephisto.store.Store;

/** When callers of a SQLite store are told that their work is stored. */
final class DurabilityTest {
    @TempDir
    private Path folder;

    @Test
    void everyAnswerFollowsAForceThatBeganAfterTheCommit() throws Exception {
        Set<String> onDisk = ConcurrentHashMap.newKeySet();
        List<Future<Boolean>> covered = new ArrayList<>();

        try (Store store = open(log -> new Observed(log, () -> {
                    List<String> committed = names();
                    log.force();
                    onDisk.addAll(committed);
                }));
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < 20; caller++) {
                for (int i = 0; i < 20; i++) {
                    String name = "task-" + caller + "-" + i;
                    covered.add(callers.submit(() -> {
                        store.inTransaction(tx -> tx.tasks().findOrCreate(name));
                        return onDisk.contains(name);
                    }));
                }
            }
        }

        for (Future<Boolean> answer : covered) {
            assertThat(answer.get()).isTrue();
        }
    }

    @Test
    void whatIsCommittedDuringAForceWaitsForTheNext() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        Queue<CountDownLatch> gates = new ConcurrentLinkedQueue<>(List.of(first, second));

        try (Store store = open(log -> new Observed(log, () -> {
            begun.countDown();
            CountDownLatch gate = gates.poll();
            if (gate != null) {
                pass(gate);
            }
            log.force();
        }))) {
            CompletableFuture<Task> early = store.submit(tx -> tx.tasks().findOrCreate("early"));
            begun.await();
            CompletableFuture<Task> late = store.submit(tx -> tx.tasks().findOrCreate("late"));
            boolean earlyIsAnswered = early.isDone();
            first.countDown();
            early.join();
            boolean lateIsAnswered = late.isDone();
            second.countDown();

            assertThat(late.join().name()).isEqualTo("late");
            assertThat(earlyIsAnswered).isFalse();
            assertThat(lateIsAnswered).isFalse();
        }
    }

    @Test
    void aReaderIsToldNothingThatIsNotOnTheDiskYet() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        Queue<String> events = new ConcurrentLinkedQueue<>();

        try (Store store = open(log -> new Observed(log, () -> {
            begun.countDown();
            pass(gate);
            log.force();
            events.add("forced");
        }))) {
            CompletableFuture<Task> stored = store.submit(tx -> tx.tasks().findOrCreate("seen"));
            begun.await();
            Thread reader = Thread.ofPlatform().start(() -> {
                Optional<Task> seen = store.read(tx -> tx.tasks().find("seen"));
                events.add(seen.isPresent() ? "seen" : "not seen");
            });
            while (reader.getState() != Thread.State.WAITING && reader.isAlive()) {
                Thread.onSpinWait();
            }
            gate.countDown();
            reader.join();

            assertThat(stored.join().name()).isEqualTo("seen");
            assertThat(events).startsWith("forced", "seen");
        }
    }

    @Test
    void afterAForceHasFailedNobodyIsToldThatAnythingIsStored() throws IOException {
        Queue<String> forces = new ConcurrentLinkedQueue<>(List.of("works", "fails"));
        try (Store store = open(log -> new Observed(log, () -> {
            if (!"works".equals(forces.poll())) {
                throw new IOException("a bad sector");
            }
            log.force();
        }))) {
            store.inTransaction(tx -> tx.tasks().findOrCreate("before"));

            assertStoringFails(store, "lost");
            assertStoringFails(store, "later");
            assertThatThrownBy(() -> store.submit(tx -> tx.tasks().findOrCreate("submitted"))
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(MephistoException.class);
            assertThatThrownBy(() -> store.read(tx -> tx.tasks().list())).isInstanceOf(MephistoException.class);
        }

        try (Store again = SqlStores.open(Databases.sqlite(), folder)) {
            again.inTransaction(tx -> tx.tasks().findOrCreate("after"));
            assertThat(names()).contains("before", "after").doesNotContain("later", "submitted");
        }
    }

    private static void assertStoringFails(Store store, String name) {
        assertThatThrownBy(() -> store.inTransaction(tx -> tx.tasks().findOrCreate(name)))
                .isInstanceOfSatisfying(
                        MephistoException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORE_FAILED))
                .hasMessageContaining("start Mephisto again");
    }

    @Test
    void sqliteHasNoLockOnItsLogThatASecondDescriptorCouldGiveUp() throws IOException {
        Path locks = Path.of("/proc/locks");
        assumeThat(locks).exists();
        try (Store store = open(log -> log)) {
            store.inTransaction(tx -> tx.tasks().findOrCreate("first"));

            String held = store.inTransaction(tx -> {
                tx.tasks().findOrCreate("second");
                return read(locks);
            });

            assertThat(held).contains(":" + inode("mephisto.db-shm") + " ");
            assertThat(held).doesNotContain(":" + inode("mephisto.db-wal") + " ");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object inode(String name) throws IOException {
        return Files.getAttribute(folder.resolve(name), "unix:ino");
    }

    private Store open(UnaryOperator<CommitLog> observed) {
        Dialect dialect = new SqliteDialect(folder.resolve("mephisto.db"), 2);
        try {
            Session session = new Session(dialect.connect(), dialect);
            new Migrations(session).run();
            return new SqlStore(session, writer -> dialect.commitLog(writer).map(observed));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What another process sees. */
    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mephisto.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT name FROM tasks")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static void pass(CountDownLatch gate) throws IOException {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** A log that does something of its own where it is forced. */
    private record Observed(CommitLog log, Force body) implements CommitLog {
        interface Force {
            void run() throws IOException;
        }

        @Override
        public void force() throws IOException {
            body.run();
        }

        @Override
        public void close() {
            log.close();
        }
    }
}
