package org.mephisto.blueprint.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mephisto.testkit.SimulatedAgent;
import org.mephisto.testkit.SimulatedPage;
import org.mephisto.testkit.TestRun;

/** {@code on_partner_left: wait} among three people, one of whom goes away. */
@Timeout(60)
final class PartnerBackTest {
    private static final Duration USUAL = Duration.ofSeconds(1);
    private static final List<String> NAMES = List.of("ann", "bob", "cem");

    private static TestRun start(int graceSeconds) throws Exception {
        return TestRun.of(new ChatBlueprintFactory())
                .blueprintOption("num_conversations", 1)
                .blueprintOption("participants", 3)
                .blueprintOption("max_turns", 2)
                .blueprintOption("on_partner_left", Map.of("action", "wait", "seconds", graceSeconds))
                .taskOption("disconnect_after_in_seconds", USUAL.toSeconds())
                .taskOption("submission_timeout", 1)
                .start();
    }

    private static void say(SimulatedPage page, String text) {
        page.sendLiveUpdate(Map.of("text", text));
    }

    private static void await(SimulatedPage page, String text) {
        page.awaitLiveUpdate(update -> update.path("text").asText().contains(text));
    }

    /** Has these pages be there for as long as it is so. */
    private static void stayWhile(BooleanSupplier isSo, SimulatedPage... pages) {
        while (isSo.getAsBoolean()) {
            for (SimulatedPage page : pages) {
                page.heartbeat();
            }
        }
    }

    private static boolean isNews(SimulatedPage page, String text) {
        while (page.hasLiveUpdate()) {
            if (page.awaitLiveUpdate().path("text").asText().contains(text)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void whoComesBackInTimeIsAwaitedAndFindsWhatWasSaid() throws Exception {
        try (TestRun run = start(40)) {
            List<SimulatedAgent> agents =
                    NAMES.stream().map(name -> run.worker(name).register(name)).toList();
            try (SimulatedPage ann = agents.get(0).openPage();
                    SimulatedPage cem = agents.get(2).openPage()) {
                SimulatedPage bob = agents.get(1).openPage();
                say(ann, "one");
                await(bob, "one");
                bob.close();
                long gone = System.nanoTime();
                stayWhile(() -> System.nanoTime() - gone < USUAL.multipliedBy(3).toNanos(), ann, cem);

                SimulatedAgent again = run.worker("bob").register("bob");
                try (SimulatedPage back = again.openPage()) {
                    say(back, "two");
                    await(ann, "two");
                    await(cem, "two");
                    agents.forEach(agent -> agent.submit(Map.of()));
                }

                assertThat(again.agentId()).isEqualTo(agents.get(1).agentId());
                assertThat(again.initTaskData().path("past_live_updates").findValuesAsText("text"))
                        .containsExactly("one");
            }
            run.awaitEnd();
            assertThat(run.rows()).hasSize(3).allSatisfy(row -> {
                assertThat(row.path("status").asText()).isEqualTo("completed");
                assertThat(row.path("flags")).isEmpty();
            });
        }
    }

    @Test
    void whoDoesNotComeBackEndsTheChatOnceTheWaitIsOver() throws Exception {
        int grace = 3;
        try (TestRun run = start(grace)) {
            List<SimulatedAgent> agents =
                    NAMES.stream().map(name -> run.worker(name).register(name)).toList();
            Duration waited;
            try (SimulatedPage ann = agents.get(0).openPage();
                    SimulatedPage cem = agents.get(2).openPage()) {
                SimulatedPage bob = agents.get(1).openPage();
                say(ann, "one");
                await(bob, "one");
                await(cem, "one");
                long gone = System.nanoTime();
                bob.close();
                stayWhile(() -> !isNews(ann, "Person 2 has left, so the chat ends here."), ann, cem);
                waited = Duration.ofNanos(System.nanoTime() - gone);
                await(cem, "Person 2 has left, so the chat ends here.");
            }

            run.awaitEnd();
            assertThat(waited).isGreaterThan(Duration.ofSeconds(grace));
            assertThat(run.rows())
                    .extracting(row -> row.path("status").asText())
                    .containsExactly("completed", "expired", "completed");
        }
    }
}
