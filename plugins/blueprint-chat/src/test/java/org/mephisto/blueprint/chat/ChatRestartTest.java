package org.mephisto.blueprint.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.blueprint.chat.bot.TestEndpoint;
import org.mephisto.operator.RunEnd;
import org.mephisto.testkit.SimulatedAgent;
import org.mephisto.testkit.SimulatedPage;
import org.mephisto.testkit.TestRun;

/**
 * Chats that somebody has left before the process was killed: what is on the disk while they go on is what a killed process leaves, and a
 * second run takes up a copy of it.
 */
@Timeout(90)
final class ChatRestartTest {
    @TempDir
    Path folder;

    private TestRun.Builder chat(String data, int participants) {
        return TestRun.of(new ChatBlueprintFactory())
                .data(folder.resolve(data))
                .blueprintOption("num_conversations", 1)
                .blueprintOption("participants", participants)
                .taskOption("disconnect_after_in_seconds", 2)
                .taskOption("task_name", "chat");
    }

    private void copyAsAKilledProcessWouldLeaveIt() throws IOException {
        KilledProcess.copyData(folder.resolve("first"), folder.resolve("second"));
    }

    private static JsonNode text(SimulatedPage page, String text) {
        return page.awaitLiveUpdate(update -> update.path("text").asText().contains(text));
    }

    private static void say(SimulatedPage page, String text) {
        page.sendLiveUpdate(Map.of("text", text));
    }

    private static void awaitDone(SimulatedPage page) {
        page.awaitLiveUpdate(update -> update.at("/task_data/task_done").asBoolean());
    }

    private static List<String> said(JsonNode row) {
        return row.at("/outputs/messages")
                .valueStream()
                .map(message -> message.path("text").asText())
                .filter(text -> !text.startsWith("Thank you"))
                .toList();
    }

    /** Waits for the text on a page while all of these stay there. */
    private static void awaitWhileThere(SimulatedPage page, String text, List<SimulatedPage> there) {
        while (true) {
            there.forEach(SimulatedPage::heartbeat);
            while (page.hasLiveUpdate()) {
                if (page.awaitLiveUpdate().path("text").asText().contains(text)) {
                    return;
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"free", "round_robin"})
    void whoStayedGoesOnWithoutWhoHadLeft(String order) throws Exception {
        try (TestRun first = three("first", order).start()) {
            SimulatedPage ann = first.worker("ann").register("a").openPage();
            SimulatedPage bob = first.worker("bob").register("b").openPage();
            try (ann;
                    SimulatedPage cem = first.worker("cem").register("c").openPage()) {
                say(ann, "one");
                text(bob, "one");
                say(bob, "two");
                text(cem, "two");
                say(cem, "three");
                text(bob, "three");
                bob.close();
                awaitWhileThere(cem, "has left. The chat goes on", List.of(ann, cem));
                say(ann, "four");
                text(cem, "four");
                copyAsAKilledProcessWouldLeaveIt();
            }
        }

        try (TestRun second =
                three("second", order).taskOption("resume_incomplete_run", true).start()) {
            SimulatedAgent ann = second.worker("ann").register("a");
            SimulatedAgent cem = second.worker("cem").register("c");
            SimulatedAgent dia = second.worker("dia").register("d");
            try (SimulatedPage annsPage = ann.openPage();
                    SimulatedPage cemsPage = cem.openPage()) {
                say(cemsPage, "five");
                text(annsPage, "five");
                say(annsPage, "six");
                text(cemsPage, "six");
                awaitDone(annsPage);
                awaitDone(cemsPage);
                ann.submit(Map.of());
                cem.submit(Map.of());
            }

            assertThat(dia.hasUnit()).isFalse();
            assertThat(second.awaitEnd()).isEqualTo(RunEnd.COMPLETED);
            assertThat(second.rows())
                    .extracting(row -> row.path("status").asText())
                    .containsExactly("completed", "expired", "completed");
            assertThat(second.rows().getFirst().path("flags").toString()).contains("left after 3 messages");
            assertThat(said(second.rows().getLast()))
                    .containsExactly(
                            "one",
                            "two",
                            "three",
                            "Person 2 has left. The chat goes on without them.",
                            "four",
                            "five",
                            "six");
        }
    }

    private TestRun.Builder three(String data, String order) {
        return chat(data, 3)
                .blueprintOption("turn_order", order)
                .blueprintOption("max_turns", 6)
                .blueprintOption("on_partner_left", Map.of("action", "continue"));
    }

    @Test
    void theBotThatHadTakenAPlaceGoesOnAndKnowsWhatWasSaid() throws Exception {
        try (TestEndpoint endpoint =
                new TestEndpoint().answers(200, "{\"text\": \"I stand in\"}").answers(200, "{\"text\": \"I go on\"}")) {
            try (TestRun first = withBot("first", endpoint).start()) {
                try (SimulatedPage ann = first.worker("ann").register("a").openPage()) {
                    SimulatedPage bob = first.worker("bob").register("b").openPage();
                    say(ann, "one");
                    text(bob, "one");
                    bob.close();
                    awaitWhileThere(ann, "I stand in", List.of(ann));
                    copyAsAKilledProcessWouldLeaveIt();
                }
            }

            try (TestRun second = withBot("second", endpoint)
                    .taskOption("resume_incomplete_run", true)
                    .start()) {
                SimulatedAgent ann = second.worker("ann").register("a");
                try (SimulatedPage page = ann.openPage()) {
                    say(page, "three");
                    text(page, "I go on");
                    awaitDone(page);
                    ann.submit(Map.of());
                }

                second.awaitEnd();
                assertThat(said(second.rows().getFirst()))
                        .containsExactly(
                                "one",
                                "Person 2 has left. Sue, a bot, takes their place.",
                                "I stand in",
                                "three",
                                "I go on");
            }
            assertThat(endpoint.asked()).hasSize(2);
            assertThat(endpoint.asked().getLast().body().path("messages").findValuesAsText("text"))
                    .containsExactly("one", "I stand in", "three");
        }
    }

    private TestRun.Builder withBot(String data, TestEndpoint endpoint) {
        return chat(data, 2)
                .blueprintOption("max_turns", 4)
                .blueprintOption("on_partner_left", Map.of("action", "bot"))
                .blueprintOption("bots", List.of(Map.of("name", "Sue", "stand_in", true, "url", endpoint.url())));
    }

    @Test
    void whoHadHandedInAfterTheEndIsNotTakenForSomebodyWhoLeft() throws Exception {
        try (TestRun first = chat("first", 2).blueprintOption("max_turns", 2).start()) {
            SimulatedAgent bobsAgent;
            try (SimulatedPage ann = first.worker("ann").register("a").openPage()) {
                bobsAgent = first.worker("bob").register("b");
                try (SimulatedPage bob = bobsAgent.openPage()) {
                    say(ann, "one");
                    text(bob, "one");
                    say(bob, "two");
                    awaitDone(ann);
                    awaitDone(bob);
                    bobsAgent.submit(Map.of());
                    copyAsAKilledProcessWouldLeaveIt();
                }
            }
        }

        try (TestRun second = chat("second", 2)
                .blueprintOption("max_turns", 2)
                .taskOption("resume_incomplete_run", true)
                .start()) {
            SimulatedAgent ann = second.worker("ann").register("a");
            ann.openPage().awaitStatus("in task");
            ann.submit(Map.of());

            second.awaitEnd();
            assertThat(second.rows()).allSatisfy(row -> {
                assertThat(row.path("status").asText()).isEqualTo("completed");
                assertThat(row.path("flags")).isEmpty();
                assertThat(said(row)).containsExactly("one", "two");
            });
        }
    }
}
