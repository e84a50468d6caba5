package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mephisto.api.AdminClient;
import org.mephisto.operator.RunEnd;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.store.AuditStore.AuditEntry;

/** What can be done to a run while it goes on, from outside its process. */
@Timeout(60)
class RunAdministrationTest {
    private static TestRun.Builder counting() {
        return TestRun.of(new CountingBlueprintFactory());
    }

    private static AdminClient client(TestRun run) {
        return new AdminClient(run.home(), "ann");
    }

    @Test
    void aRunIsFoundByItsNumberAndByItsTasksName() throws Exception {
        try (TestRun run = counting().start();
                AdminClient client = client(run)) {
            run.worker("bob").register();

            assertThat(client.list()).hasSize(1);
            assertThat(client.show("1")).isEqualTo(client.show("test-counting"));
            assertThat(client.show("1").path("state").asText()).isEqualTo("running");
            assertThat(client.show("1").at("/units/in_work").asInt()).isEqualTo(1);
            assertThatThrownBy(() -> client.show("nonsense"))
                    .isInstanceOf(MephistoException.class)
                    .hasMessageContaining("No run \"nonsense\"")
                    .hasMessageContaining("1 (\"test-counting\"");
        }
    }

    @Test
    void aChangedLimitCountsForTheNextRegistration() throws Exception {
        try (TestRun run = counting().start();
                AdminClient client = client(run)) {
            run.worker("bob").register();

            client.change("1", Map.of("allowed_concurrent", "1"));

            assertThat(run.worker("bob").register().failureCode()).contains("TOO_MANY_CONCURRENT");
            client.change("1", Map.of("allowed_concurrent", "2"));
            assertThat(run.worker("bob").register().hasUnit()).isTrue();
        }
    }

    @Test
    void moreUnitsAreLaunchedAsSoonAsTheLimitIsRaised() throws Exception {
        try (TestRun run = counting().taskOption("max_num_concurrent_units", 1).start();
                AdminClient client = client(run)) {
            run.worker("bob").register();
            assertThat(run.worker("cid").register().failureCode()).contains("NO_AVAILABLE_UNITS");

            client.change("1", Map.of("max_num_concurrent_units", "0"));

            SimulatedAgent next = run.worker("cid").register();
            while (!next.hasUnit()) {
                next = run.worker("cid").register();
            }
            assertThat(run.progress().inWork()).isEqualTo(2);
        }
    }

    @Test
    void aShortenedPatienceEndsTheRun() throws Exception {
        try (TestRun run = counting().start();
                AdminClient client = client(run)) {
            client.change("1", Map.of("no_submission_patience", "1"));

            assertThat(run.awaitEnd()).isEqualTo(RunEnd.NO_SUBMISSIONS);
        }
    }

    @Test
    void aShortenedLifetimeEndsTheRun() throws Exception {
        try (TestRun run = counting().start();
                AdminClient client = client(run)) {
            client.change("1", Map.of("task_lifetime_in_seconds", "1"));

            assertThat(run.awaitEnd()).isEqualTo(RunEnd.LIFETIME_OVER);
        }
    }

    @Test
    void aShortenedDurationCountsForUnitsTakenFromThenOn() throws Exception {
        try (TestRun run = TestRun.of(LiveBlueprintFactory.alone(LiveBlueprintFactory::echo))
                        .start();
                AdminClient client = client(run)) {
            SimulatedPage first = run.worker("bob").register().openPage();
            client.change("1", Map.of("assignment_duration_in_seconds", "1"));

            SimulatedPage second = run.worker("cid").register().openPage();

            second.awaitStatus("timeout");
            assertThat(first.heartbeat().path("packet_type").asText()).isEqualTo("heartbeat");
            assertThat(run.progress().inWork()).isEqualTo(1);
        }
    }

    @Test
    void whatCannotBeChangedOrIsOutOfRangeChangesNothing() throws Exception {
        try (TestRun run = counting().start();
                AdminClient client = client(run)) {
            Map<String, String> wrong =
                    Map.of("allowed_concurrent", "-1", "submission_timeout", "7", "task_reward", "9");

            assertThatThrownBy(() -> client.change("1", wrong))
                    .isInstanceOf(MephistoException.class)
                    .hasMessageContaining("mephisto.task.allowed_concurrent")
                    .hasMessageContaining("mephisto.task.task_reward")
                    .hasMessageContaining("cannot be changed");

            assertThat(client.show("1").at("/settings/submission_timeout").asInt())
                    .isEqualTo(600);
        }
    }

    @Test
    void manyWhoChangeAndPauseAtOnceAreAllAnsweredAndAllAudited() throws Exception {
        int each = 20;
        try (TestRun run = counting().start();
                AdminClient client = client(run);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 1; i <= each; i++) {
                String limit = Integer.toString(i);
                answers.add(threads.submit(() -> client.change("1", Map.of("allowed_concurrent", limit))
                        .at("/settings/allowed_concurrent")
                        .asText()));
                answers.add(threads.submit(
                        () -> client.tell("1", "pause").path("state").asText()));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isNotEmpty();
            }
            List<AuditEntry> audit =
                    run.store().read(tx -> tx.audit().list(run.run().taskRun().id()));

            assertThat(audit)
                    .filteredOn(entry -> entry.action().equals("pause"))
                    .hasSize(each);
            assertThat(audit)
                    .filteredOn(entry -> entry.action().equals("set"))
                    .hasSize(each)
                    .last()
                    .satisfies(entry -> assertThat(entry.details()
                                    .node()
                                    .path("allowed_concurrent")
                                    .asText())
                            .isEqualTo(client.show("1")
                                    .at("/settings/allowed_concurrent")
                                    .asText()));
        }
    }

    @Test
    void aPausedRunLetsThoseAtWorkFinishAndNobodyBegin() throws Exception {
        try (TestRun run = counting().start();
                AdminClient client = client(run)) {
            SimulatedAgent bob = run.worker("bob").register();

            client.tell("1", "pause");

            SimulatedAgent refused = run.worker("cid").register();
            assertThat(refused.failureCode()).contains("NO_AVAILABLE_UNITS");
            assertThat(refused.failureReason().orElseThrow()).contains("paused");
            bob.submit(Map.of("label", "good"));
            client.tell("1", "resume");
            assertThat(run.worker("cid").register().hasUnit()).isTrue();
        }
    }

    @Test
    void aStoppedRunEndsWhenThoseAtWorkAreDone() throws Exception {
        try (TestRun run = counting().start();
                AdminClient client = client(run)) {
            SimulatedAgent bob = run.worker("bob").register();

            client.tell("1", "stop");
            bob.submit(Map.of("label", "good"));

            assertThat(run.awaitEnd()).isEqualTo(RunEnd.STOPPED);
        }
    }

    @Test
    void everythingDoneLeavesAnAuditRow() throws Exception {
        try (TestRun run = counting().start();
                AdminClient client = client(run)) {
            client.change("1", Map.of("allowed_concurrent", "3"));
            client.tell("1", "pause");

            List<AuditEntry> audit = run.store().read(tx -> tx.audit().list(1));

            assertThat(audit).extracting(AuditEntry::action).containsExactly("set", "pause");
            assertThat(audit).extracting(AuditEntry::who).containsOnly("ann");
            assertThat(audit.getFirst().details().text()).isEqualTo("{\"allowed_concurrent\":\"3\"}");
        }
    }

    @Test
    void nobodyIsLetInWithoutTheTokenAndOnlyTheUserCanReadIt() throws Exception {
        try (TestRun run = counting().start();
                var files = Files.list(run.home().resolve("admin"))) {
            Path file = files.findFirst().orElseThrow();
            URI url = URI.create(Json.parse(Files.readString(file)).path("url").asText());

            int status = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(url.resolve("api/runs"))
                                    .header("Authorization", "Bearer guess")
                                    .build(),
                            BodyHandlers.ofString())
                    .statusCode();

            assertThat(status).isEqualTo(403);
            assertThat(url.getHost()).isEqualTo("127.0.0.1");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void theFileOfAProcessThatIsGoneIsRemoved() throws Exception {
        try (TestRun run = counting().start();
                AdminClient client = client(run)) {
            Path stale = run.home().resolve("admin/999999999-1.json");
            Files.writeString(stale, "{\"url\": \"http://127.0.0.1:1/\", \"token\": \"t\", \"pid\": 999999999}");

            assertThat(client.list()).hasSize(1);
            assertThat(stale).doesNotExist();
        }
    }
}
