package org.mephisto.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Task;
import org.mephisto.store.Databases;
import org.mephisto.store.Store;

final class SqliteFileTest {
    @TempDir
    private Path folder;

    @Test
    void aMissingFolderIsMade() {
        Path deep = folder.resolve("a/b/c");

        open(deep).close();

        assertThat(deep.resolve("mephisto.db")).isRegularFile();
    }

    @Test
    void everyScriptIsListedAndEveryListedScriptIsThere() throws IOException {
        Path scripts = Path.of("src/main/resources/db/migration");

        try (var files = Files.list(scripts)) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .containsExactlyElementsOf(Migrations.SCRIPTS.stream()
                            .map(script -> script + ".sql")
                            .toList());
        }
    }

    @Test
    void aDatabaseOfANewerVersionIsLeftAloneAndBothVersionsAreNamed() throws SQLException {
        open(folder).close();
        execute("INSERT INTO migrations VALUES (99, 'V099__future', 0)");

        MephistoException refused = refused(folder);

        assertThat(refused)
                .hasMessageContaining("\"99\"")
                .hasMessageContaining("\"" + Migrations.SCRIPTS.size() + "\"");
        assertThat(refused).hasMessageContaining("Use the newer Mephisto");
    }

    @Test
    void aFileThatIsNoDatabaseIsNamedAndKept() throws IOException {
        Path file = folder.resolve("mephisto.db");
        String text = "This is a letter and not a database. ".repeat(200);
        Files.writeString(file, text);

        MephistoException refused = refused(folder);

        assertThat(refused).hasMessageContaining(file.toString()).hasMessageContaining("not a Mephisto database");
        assertThat(file).hasContent(text);
    }

    @Test
    void aDatabaseOfAnotherProgramIsNotMixedWithOurs() throws SQLException {
        execute("CREATE TABLE tasks (something TEXT)");

        MephistoException refused = refused(folder);

        assertThat(refused).hasMessageContaining("tables of another program");
    }

    @Test
    void aFolderWhereNothingCanBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        MephistoException refused = refused(file.resolve("data"));

        assertThat(refused)
                .hasMessageContaining(file.resolve("data").toString())
                .hasMessageContaining("mephisto.datapath");
    }

    @Test
    void aFolderInTheDatabasesPlaceIsNamed() throws IOException {
        Path place = Files.createDirectory(folder.resolve("mephisto.db"));

        assertThat(refused(folder)).hasMessageContaining(place.toString());
    }

    @Test
    void anUnknownTypeIsRefusedWithTheKnownOnes() {
        MephistoException refused =
                catchThrowableOfType(MephistoException.class, () -> SqlStores.open(Databases.of("oracle"), folder));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
        assertThat(refused).hasMessageContaining("\"oracle\"").hasMessageContaining("sqlite");
    }

    @Test
    void manyWhoOpenANewDatabaseAtTheSameMomentAllCan() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Task>> opened = new ArrayList<>();

        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            for (int i = 0; i < 8; i++) {
                String name = "task-" + i;
                opened.add(threads.submit(() -> {
                    start.await();
                    try (Store store = open(folder)) {
                        return store.inTransaction(tx -> tx.tasks().findOrCreate(name));
                    }
                }));
            }
            start.countDown();
        }

        for (Future<Task> task : opened) {
            assertThat(task.get().id()).isPositive();
        }
        try (Store store = open(folder)) {
            int tasks = store.read(tx -> tx.tasks().list().size());
            assertThat(tasks).isEqualTo(8);
        }
    }

    @Test
    void whatAKilledProcessWasToldIsStoredIsThere() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommittingProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> told = new ArrayList<>();

        try (var lines = process.inputReader()) {
            while (told.size() < 500) {
                String line = lines.readLine();
                assertThat(line).as("the process ended by itself").isNotNull();
                if (line.startsWith(CommittingProcess.STORED)) {
                    told.add(line.substring(CommittingProcess.STORED.length()));
                }
            }
            process.destroyForcibly().waitFor();
        }

        try (Store store = open(folder)) {
            List<String> stored =
                    store.read(tx -> tx.tasks().list().stream().map(Task::name).toList());
            assertThat(stored).containsAll(told);
        }
    }

    @Test
    void theLogIsMovedIntoTheDatabaseWhileWorkGoesOn() throws IOException {
        try (Store store = open(folder)) {
            for (int i = 0; i < 1500; i++) {
                // SQLite does not write what is there already.
                JsonValue big =
                        JsonValue.of(String.valueOf((char) ('a' + i % 26)).repeat(100_000));
                store.providerStore("mock").put("table", "key-" + i % 10, big);
            }

            // Written: 150 MB; a log that began anew each time stays near the 32 MB at which it is moved.
            assertThat(Files.size(folder.resolve("mephisto.db-wal"))).isLessThan(100_000_000);
        }
    }

    private static Store open(Path folder) {
        return SqlStores.open(Databases.sqlite(), folder);
    }

    private static MephistoException refused(Path folder) {
        MephistoException refused =
                catchThrowableOfType(MephistoException.class, () -> open(folder).close());
        assertThat(refused.code()).isEqualTo(ErrorCode.STORE_UNUSABLE);
        return refused;
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mephisto.db"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
