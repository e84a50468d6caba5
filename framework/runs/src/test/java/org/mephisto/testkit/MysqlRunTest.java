package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.operator.RunEnd;
import org.mephisto.store.DatabaseConfig;
import org.mephisto.store.MariaServer;
import org.mephisto.testkit.SimulatedWorker.Answer;

/** Whole runs on a database server. */
@EnabledOnOs(OS.LINUX)
final class MysqlRunTest {
    private final DatabaseConfig database = MariaServer.emptyDatabase();

    @Test
    void manyWorkersAtOnceDoARunAndEveryRowIsThere(@TempDir Path data) throws Exception {
        try (TestRun run = counting(40, data).start()) {
            List<Future<Answer>> submitted = new ArrayList<>();
            try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 40; i++) {
                    String name = "worker-" + i;
                    submitted.add(workers.submit(
                            () -> run.worker(name).register().trySubmit(Map.of("label", "good", "by", name))));
                }
            }

            RunEnd end = run.awaitEnd();

            assertThat(end).isEqualTo(RunEnd.COMPLETED);
            for (Future<Answer> answer : submitted) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
            assertThat(run.rows()).hasSize(40).allSatisfy(row -> {
                assertThat(row.path("status").asText()).isEqualTo("completed");
                assertThat(row.at("/outputs/by").asText())
                        .isEqualTo(row.path("worker_name").asText());
            });
            try (Stream<Path> files = Files.walk(data)) {
                assertThat(files).noneMatch(file -> file.toString().endsWith(".db"));
            }
        }
    }

    @Test
    void aStoppedRunIsTakenUpAgainWithWhatIsLeftOfIt(@TempDir Path data) throws Exception {
        try (TestRun first = counting(5, data).start()) {
            first.worker("ann").register("a").submit(Map.of("label", "first"));
            first.worker("bob").register("b");
            first.run().disconnect();
        }

        try (TestRun second =
                counting(5, data).taskOption("resume_incomplete_run", true).start()) {
            SimulatedAgent annAgain = second.worker("ann").register("a");
            SimulatedAgent bobAgain = second.worker("bob").register("b");
            for (int i = 0; i < 4; i++) {
                second.worker("cy").register().submit(Map.of("label", "second"));
            }

            assertThat(second.awaitEnd()).isEqualTo(RunEnd.COMPLETED);
            assertThat(annAgain.hasUnit()).isTrue();
            assertThat(bobAgain.failureCode()).contains("TASK_MISSING");
            assertThat(second.rows())
                    .hasSize(5)
                    .allMatch(row -> row.path("status").asText().equals("completed"));
            assertThat(second.rows())
                    .extracting(row -> row.path("task_run_id").asLong())
                    .containsOnly(1L);
        }
    }

    private TestRun.Builder counting(int assignments, Path data) {
        return TestRun.of(new CountingBlueprintFactory())
                .blueprintOption("assignments", assignments)
                .databaseOption("_database_type", "mysql")
                .databaseOption("host", database.host())
                .databaseOption("port", database.port())
                .databaseOption("database", database.database())
                .databaseOption("user", database.user().orElseThrow())
                .databaseOption("password", database.password().orElseThrow())
                .data(data);
    }
}
