package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.json.JsonValue;

/** One worker's page and the code behind it, over real sockets. */
@Timeout(120)
class LiveRunTest {
    private static TestRun.Builder echo() {
        return TestRun.of(LiveBlueprintFactory.alone(LiveBlueprintFactory::echo));
    }

    private static List<String> past(JsonNode initData, String field) {
        List<String> texts = new ArrayList<>();
        initData.path("past_live_updates").forEach(update -> {
            if (update.has(field)) {
                texts.add(update.path(field).asText());
            }
        });
        return texts;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatPassedIsInTheExportWithTheJournalOnAndOff(boolean journal) throws Exception {
        try (TestRun run = echo().blueprintOption("assignments", 1)
                .taskOption("journal_live_updates", journal)
                .start()) {
            SimulatedAgent agent = run.worker("ann").register();
            SimulatedPage page = agent.openPage();

            page.sendLiveUpdate(Map.of("text", "hello"));
            assertThat(page.awaitLiveUpdate().path("echo").asText()).isEqualTo("hello");
            page.sendLiveUpdate(Map.of("text", "enough"));
            page.awaitLiveUpdate(update -> update.path("echo").asText().equals("enough"));
            agent.submit(Map.of("rating", 5));
            run.awaitEnd();

            assertThat(run.rows()).hasSize(1).first().satisfies(row -> {
                assertThat(row.path("status").asText()).isEqualTo("completed");
                assertThat(row.at("/outputs/rating").asInt()).isEqualTo(5);
            });
        }
    }

    @Test
    void untakenUpdatesAreTakenInTheOrderOfThePagesClock() throws Exception {
        CountDownLatch allSent = new CountDownLatch(1);
        LiveBlueprintFactory waiting = LiveBlueprintFactory.alone(session -> {
            if (!allSent.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody has sent");
            }
            return LiveBlueprintFactory.echo(session);
        });
        try (TestRun run = TestRun.of(waiting).start()) {
            SimulatedPage page = run.worker("ann").register().openPage();
            page.awaitStatus("in task");
            page.sendLiveUpdate(Map.of("text", "third"), 300.25);
            page.sendLiveUpdate(Map.of("text", "second"), 200.5);
            page.sendLiveUpdate(Map.of("text", "first"), 200.25);
            page.heartbeat();

            allSent.countDown();

            assertThat(page.awaitLiveUpdate().path("echo").asText()).isEqualTo("first");
            assertThat(page.awaitLiveUpdate().path("echo").asText()).isEqualTo("second");
            assertThat(page.awaitLiveUpdate().path("echo").asText()).isEqualTo("third");
        }
    }

    @Test
    void anUpdateThatComesTwiceCountsOnce() throws Exception {
        try (TestRun run = echo().start()) {
            SimulatedPage page = run.worker("ann").register().openPage();

            page.sendLiveUpdate(Map.of("text", "one", "update_id", "u1"));
            page.sendLiveUpdate(Map.of("text", "one", "update_id", "u1"));
            page.sendLiveUpdate(Map.of("text", "two", "update_id", "u2"));

            assertThat(page.awaitLiveUpdate().path("echo").asText()).isEqualTo("one");
            assertThat(page.awaitLiveUpdate().path("echo").asText()).isEqualTo("two");
        }
    }

    @Test
    void aPageThatWasAwayGetsWhatItMissedInOrder() throws Exception {
        CountDownLatch away = new CountDownLatch(1);
        CountDownLatch said = new CountDownLatch(1);
        LiveBlueprintFactory talking = LiveBlueprintFactory.alone(session -> {
            session.agent().observe(JsonValue.of(Map.of("n", 1)));
            if (!away.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the page has not left");
            }
            session.agent().observe(JsonValue.of(Map.of("n", 2)));
            session.agent().observe(JsonValue.of(Map.of("n", 3)));
            said.countDown();
            return LiveBlueprintFactory.echo(session);
        });
        try (TestRun run = TestRun.of(talking).start()) {
            SimulatedPage page = run.worker("ann").register().openPage();
            assertThat(page.awaitLiveUpdate().path("n").asInt()).isEqualTo(1);
            page.cut();
            away.countDown();
            assertThat(said.await(30, TimeUnit.SECONDS)).isTrue();

            page.reconnect();
            page.sendLiveUpdate(Map.of("text", "back"));

            List<String> seen = new ArrayList<>();
            JsonNode update = page.awaitLiveUpdate(each -> each.path("n").asInt() != 1);
            while (!update.has("echo")) {
                seen.add(update.path("n").asText());
                update = page.awaitLiveUpdate(each -> each.path("n").asInt() != 1);
            }
            assertThat(seen).containsExactly("2", "3");
        }
    }

    @Test
    void aPageThatRegistersAgainGetsAllThatPassedAndNoneOfItOnceMore() throws Exception {
        try (TestRun run = echo().start()) {
            SimulatedWorker ann = run.worker("ann");
            SimulatedAgent agent = ann.register("visit");
            SimulatedPage page = agent.openPage();
            page.sendLiveUpdate(Map.of("text", "one"));
            page.awaitLiveUpdate();
            page.sendLiveUpdate(Map.of("text", "two"));
            page.awaitLiveUpdate();
            page.cut();

            SimulatedAgent reloaded = ann.register("visit");
            SimulatedPage fresh = reloaded.openPage();
            fresh.sendLiveUpdate(Map.of("text", "three"));

            assertThat(reloaded.agentId()).isEqualTo(agent.agentId());
            assertThat(past(reloaded.initTaskData(), "text")).containsExactly("one", "two");
            assertThat(past(reloaded.initTaskData(), "echo")).containsExactly("one", "two");
            assertThat(fresh.awaitLiveUpdate().path("echo").asText()).isEqualTo("three");
        }
    }

    @Test
    void aPageThatFallsSilentLosesItsUnitToTheNextWorker() throws Exception {
        try (TestRun run = echo().blueprintOption("assignments", 1)
                .taskOption("disconnect_after_in_seconds", 1)
                .start()) {
            SimulatedWorker ann = run.worker("ann");
            SimulatedAgent first = ann.register("visit");
            SimulatedPage page = first.openPage();

            page.awaitStatus("disconnect");

            SimulatedAgent second = run.worker("bob").register();
            assertThat(second.hasUnit()).isTrue();
            assertThat(ann.register("visit").failureCode()).contains("TASK_MISSING");
        }
    }

    @Test
    void aPageMayFallSilentWhenOnlyItsSubmissionIsLeft() throws Exception {
        LiveBlueprintFactory brief = LiveBlueprintFactory.alone(session -> UnitOutcome.completed());
        LiveBlueprintFactory.Alone unlucky = LiveBlueprintFactory::echo;
        try (TestRun run = TestRun.of(brief)
                        .taskOption("disconnect_after_in_seconds", 1)
                        .start();
                TestRun other = TestRun.of(LiveBlueprintFactory.alone(unlucky))
                        .taskOption("disconnect_after_in_seconds", 2)
                        .start()) {
            SimulatedAgent agent = run.worker("ann").register();
            other.worker("bob").register().openPage().awaitStatus("disconnect");

            agent.submit(Map.of("late", false));

            assertThat(run.progress().completed()).isEqualTo(1);
        }
    }

    @Test
    void whoDoesNotAnswerInTimeIsTimedOut() throws Exception {
        LiveBlueprintFactory impatient = LiveBlueprintFactory.alone(session -> {
            session.agent().act(Duration.ofMillis(50));
            return UnitOutcome.completed();
        });
        try (TestRun run = TestRun.of(impatient).start()) {
            SimulatedPage page = run.worker("ann").register().openPage();

            page.awaitStatus("timeout");

            assertThat(run.progress().inWork()).isZero();
        }
    }

    @Test
    void codeThatHangsOrFailsHurtsItsOwnUnitOnly() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        LiveBlueprintFactory mixed = LiveBlueprintFactory.alone(session -> switch (session.agent()
                .act(Duration.ofSeconds(30))
                .data()
                .string("text")
                .orElse("")) {
            case "hang" -> {
                never.await();
                yield UnitOutcome.completed();
            }
            case "fail" -> throw new IllegalStateException("broken on purpose");
            default -> LiveBlueprintFactory.echo(session);
        });
        try (TestRun run = TestRun.of(mixed).blueprintOption("assignments", 3).start()) {
            run.worker("ann").register().openPage().sendLiveUpdate(Map.of("text", "hang"));
            SimulatedAgent failing = run.worker("bob").register();
            failing.openPage().sendLiveUpdate(Map.of("text", "fail"));
            SimulatedPage fine = run.worker("cid").register().openPage();
            fine.sendLiveUpdate(Map.of("text", "start"));

            fine.sendLiveUpdate(Map.of("text", "still here"));
            failing.submit(Map.of("saved", true));

            assertThat(fine.awaitLiveUpdate().path("echo").asText()).isEqualTo("still here");
            ObjectNode failed = run.rows().get(1);
            assertThat(failed.at("/outputs/saved").asBoolean()).isTrue();
            never.countDown();
        }
    }

    @Test
    void aFloodIsHeldBackAndLosesNothing() throws Exception {
        CountDownLatch flooded = new CountDownLatch(1);
        int updates = 1500;
        LiveBlueprintFactory slow = LiveBlueprintFactory.alone(session -> {
            if (!flooded.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody has flooded");
            }
            for (int i = 0; i < updates; i++) {
                JsonNode data =
                        session.agent().act(Duration.ofSeconds(30)).data().node();
                if (data.path("n").asInt() != i) {
                    throw new IllegalStateException("expected " + i + ", not " + data);
                }
            }
            session.agent().observe(JsonValue.of(Map.of("all", true)));
            session.awaitSubmit();
            return UnitOutcome.completed();
        });
        try (TestRun run = TestRun.of(slow).blueprintOption("assignments", 2).start()) {
            SimulatedPage flooding = run.worker("ann").register().openPage();
            for (int i = 0; i < updates; i++) {
                flooding.sendLiveUpdate(Map.of("n", i), 1000 + i);
            }
            SimulatedAgent other = run.worker("bob").register();
            assertThat(other.openPage().heartbeat().path("packet_type").asText())
                    .isEqualTo("heartbeat");

            flooded.countDown();

            assertThat(flooding.awaitLiveUpdate().path("all").asBoolean()).isTrue();
        }
    }
}
