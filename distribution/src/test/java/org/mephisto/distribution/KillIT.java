package org.mephisto.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.json.Json;
import org.mephisto.testkit.SimulatedAgent;
import org.mephisto.testkit.SimulatedWorker;

/** {@code kill -9} in the middle of the work: what was answered with 2xx is there. */
@Timeout(180)
@SuppressWarnings("NullAway.Init")
final class KillIT {
    private static final int WORKERS = 50;
    private static final int ANSWERS = 1_000;
    private static final int UNITS = 20_000;

    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final CountDownLatch enough = new CountDownLatch(ANSWERS);

    @TempDir
    private Path home;

    @Test
    void everySubmissionThatWasAnsweredIsInTheExportOfANewProcess() throws Exception {
        Path task = TaskFolder.questions(home.resolve("task"), "questions", UNITS);
        MephistoProcess.Builder mephisto = MephistoProcess.of(Distribution.assembled(), home);
        SimulatedAgent unfinished;
        try (MephistoProcess run = mephisto.start("run", task.toString());
                ExecutorService pages = Executors.newVirtualThreadPerTaskExecutor()) {
            URI link = run.link();
            unfinished = new SimulatedWorker(link, "ann").register("visit");
            for (int i = 0; i < WORKERS; i++) {
                String name = "w" + i;
                pages.execute(() -> work(new SimulatedWorker(link, name)));
            }
            assertThat(enough.await(60, TimeUnit.SECONDS)).as(run.err()).isTrue();

            run.kill();
        }

        List<JsonNode> rows =
                mephisto.result("export", "questions").lines().map(Json::parse).toList();
        assertThat(rows).hasSize(UNITS);
        assertThat(rows.stream().map(row -> row.at("/outputs/answer").asText())).containsAll(answered);
        assertThat(integrity()).isEqualTo("ok");
        assertResumes(mephisto, task, unfinished.agentId());
    }

    private void work(SimulatedWorker worker) {
        try {
            for (int i = 0; true; i++) {
                String answer = worker.name() + "-" + i;
                worker.register().submit(Map.of("answer", answer));
                answered.add(answer);
                enough.countDown();
            }
        } catch (AssertionError expected) {
            // The process was killed: no more answers.
        }
    }

    private String integrity() throws Exception {
        Path file;
        try (Stream<Path> files = Files.list(home.resolve("data"))) {
            file = files.filter(each -> each.toString().endsWith(".db"))
                    .findFirst()
                    .orElseThrow();
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
            return result.getString(1);
        }
    }

    private static void assertResumes(MephistoProcess.Builder mephisto, Path task, String agentId) throws Exception {
        try (MephistoProcess again =
                mephisto.start("run", task.toString(), "mephisto.task.resume_incomplete_run=true", "--json")) {
            SimulatedAgent back = new SimulatedWorker(again.link(), "ann").register("visit");
            back.submit(Map.of("answer", "after the restart"));
            again.interruptTwice();

            assertThat(back.agentId()).isEqualTo(agentId);
            assertThat(again.awaitExit()).as(again.err()).isZero();
        }
    }
}
