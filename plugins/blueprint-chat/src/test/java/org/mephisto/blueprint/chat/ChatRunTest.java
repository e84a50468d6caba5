package org.mephisto.blueprint.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mephisto.blueprint.chat.bot.TestEndpoint;
import org.mephisto.operator.RunEnd;
import org.mephisto.testkit.SimulatedAgent;
import org.mephisto.testkit.SimulatedPage;
import org.mephisto.testkit.TestRun;

/** Chats in a real run, over real sockets. */
@Timeout(60)
final class ChatRunTest {
    private static TestRun.Builder twoPeople() {
        return TestRun.of(new ChatBlueprintFactory())
                .blueprintOption("num_conversations", 1)
                .blueprintOption("roles", List.of("Buyer", "Seller"))
                .blueprintOption("max_turns", 4);
    }

    private static JsonNode text(SimulatedPage page, String text) {
        return page.awaitLiveUpdate(update -> update.path("text").asText().contains(text));
    }

    private static void awaitDone(SimulatedPage page) {
        page.awaitLiveUpdate(update -> update.at("/task_data/task_done").asBoolean());
    }

    private static void say(SimulatedPage page, String text) {
        page.sendLiveUpdate(Map.of("text", text, "task_data", Map.of(), "episode_done", false));
    }

    private static List<String> lines(JsonNode row) {
        return row.at("/outputs/messages")
                .valueStream()
                .filter(message -> !message.path("id").asText().equals("System"))
                .map(message -> message.path("id").asText() + ": "
                        + message.path("text").asText())
                .toList();
    }

    @Test
    void twoPeopleTalkToTheEndAndTheTranscriptIsExported() throws Exception {
        try (TestRun run =
                twoPeople().blueprintOption("turn_order", "round_robin").start()) {
            SimulatedAgent ann = run.worker("ann").register();
            SimulatedAgent bob = run.worker("bob").register();
            try (SimulatedPage annsPage = ann.openPage();
                    SimulatedPage bobsPage = bob.openPage()) {
                say(annsPage, "How much?");
                text(bobsPage, "How much?");
                say(bobsPage, "Ninety.");
                text(annsPage, "Ninety.");
                say(annsPage, "Seventy?");
                text(bobsPage, "Seventy?");
                say(bobsPage, "Done.");
                text(annsPage, "Done.");
                awaitDone(annsPage);
                awaitDone(bobsPage);
                ann.submit(Map.of());
                bob.submit(Map.of());
            }

            assertThat(run.awaitEnd()).isEqualTo(RunEnd.COMPLETED);
            List<ObjectNode> rows = run.rows();
            assertThat(rows).hasSize(2).allSatisfy(row -> {
                assertThat(row.path("status").asText()).isEqualTo("completed");
                assertThat(row.path("flags")).isEmpty();
                assertThat(lines(row))
                        .containsExactly("Buyer: How much?", "Seller: Ninety.", "Buyer: Seventy?", "Seller: Done.");
                assertThat(row.at("/outputs/messages"))
                        .extracting(message -> message.path("timestamp").asDouble())
                        .isSorted();
            });
            assertThat(rows.getFirst().at("/inputs/role").asText()).isEqualTo("Buyer");
        }
    }

    @Test
    void aPageThatComesBackFindsTheWholeChat() throws Exception {
        try (TestRun run = twoPeople().start()) {
            SimulatedAgent ann = run.worker("ann").register("visit");
            SimulatedAgent bob = run.worker("bob").register();
            try (SimulatedPage annsPage = ann.openPage();
                    SimulatedPage bobsPage = bob.openPage()) {
                say(annsPage, "one");
                text(bobsPage, "one");
                say(bobsPage, "two");
                text(annsPage, "two");
            }

            SimulatedAgent again = run.worker("ann").register("visit");

            assertThat(again.agentId()).isEqualTo(ann.agentId());
            assertThat(again.initTaskData()
                            .path("past_live_updates")
                            .valueStream()
                            .filter(update -> update.has("text"))
                            .map(update -> update.path("id").asText() + ": "
                                    + update.path("text").asText()))
                    .containsExactly("Buyer: one", "Seller: two");
        }
    }

    @Test
    void whoIsLeftAloneIsThankedAndPaid() throws Exception {
        try (TestRun run = twoPeople()
                .taskOption("disconnect_after_in_seconds", 1)
                .taskOption("submission_timeout", 2)
                .start()) {
            SimulatedAgent ann = run.worker("ann").register();
            SimulatedAgent bob = run.worker("bob").register();
            try (SimulatedPage annsPage = ann.openPage()) {
                try (SimulatedPage bobsPage = bob.openPage()) {
                    say(annsPage, "hello");
                    text(bobsPage, "hello");
                }
                while (!hasLeft(annsPage)) {
                    annsPage.heartbeat();
                }
                annsPage.awaitStatus("partner disconnect");
            }

            run.awaitEnd();

            assertThat(run.rows())
                    .extracting(row -> row.path("unit_index").asInt() + " "
                            + row.path("status").asText())
                    .containsExactly("0 completed", "1 expired");
            assertThat(lines(run.rows().getFirst())).containsExactly("Buyer: hello");
        }
    }

    private static boolean hasLeft(SimulatedPage page) {
        page.heartbeat();
        while (page.hasLiveUpdate()) {
            if (page.awaitLiveUpdate().path("text").asText().startsWith("Seller has left")) {
                return true;
            }
        }
        return false;
    }

    @Test
    void onePersonTalksWithABotBehindAnEndpoint() throws Exception {
        try (TestEndpoint endpoint = new TestEndpoint()
                        .answers(200, "{\"choices\": [{\"message\": {\"content\": \"Hello Person 1\"}}]}");
                TestRun run = TestRun.of(new ParlaiChatBlueprintFactory())
                        .blueprintOption("num_conversations", 1)
                        .blueprintOption("participants", 1)
                        .blueprintOption("max_turns", 2)
                        .blueprintOption(
                                "bots",
                                List.of(Map.of(
                                        "name",
                                        "Bo",
                                        "openai",
                                        Map.of("base_url", endpoint.url() + "/v1", "model", "m"))))
                        .start()) {
            SimulatedAgent ann = run.worker("ann").register();
            try (SimulatedPage page = ann.openPage()) {
                say(page, "hello");
                text(page, "Hello Person 1");
                awaitDone(page);
                ann.submit(Map.of());
            }

            run.awaitEnd();

            assertThat(lines(run.rows().getFirst())).containsExactly("Person 1: hello", "Bo: Hello Person 1");
        }
    }
}
