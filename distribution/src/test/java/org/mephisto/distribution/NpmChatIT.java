package org.mephisto.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.json.Json;

/** Chats on pages made with the original's published chat package, which knows nothing of us. */
final class NpmChatIT extends BrowserFixture {
    private final List<String> errors = new ArrayList<>();

    @AfterEach
    void noPageHasFailed() {
        assertThat(errors).isEmpty();
    }

    private ChatWindow open(URI link, String worker) {
        ChatWindow window = ChatWindow.open(ChatWindow.Kind.PUBLISHED, browser, link, worker);
        window.page().onPageError(error -> {
            // The page plays a sound, for which browsers want a click first.
            if (!error.startsWith("NotAllowedError: play()")) {
                errors.add(error);
            }
        });
        return window;
    }

    private Path task(String options) throws Exception {
        return TaskFolder.chat(home.resolve("task"), "published-chat", ChatWindow.Kind.PUBLISHED, options);
    }

    @Test
    void twoWindowsTakeTurnsToTheEndAndAnswerAForm() throws Exception {
        Path task = task("""
                turn_order: round_robin
                max_turns: 3
                final_form:
                  - {type: choices, question: "Agreed?", choices: ["Yes", "No"]}
                  - {type: text, question: "At what price?"}
                """);
        try (MephistoProcess run = mephisto.start("run", task.toString())) {
            Page preview = browser.newVisitor();
            preview.navigate(run.link().resolve("/").toString());
            assertThat(preview.locator(".preview-screen")).hasText("Work on something while the server answers.");
            ChatWindow ann = open(run.link(), "ann");
            assertThat(ann.page().getByText("Waiting to pair with a task...")).isVisible();
            ChatWindow bob = open(run.link(), "bob");
            assertThat(bob.page().getByText("Waiting for the next person to speak..."))
                    .isVisible();
            assertThat(ann.page().locator("h1")).hasText("Live work");

            ann.say("Is it <b>still</b> there?");
            bob.awaitMessages("Buyer: Is it <b>still</b> there?");
            ann.awaitMessages("Buyer: Is it <b>still</b> there?");
            assertThat(ann.box()).isDisabled();
            ann.page().reload();
            ann.awaitMessages("Buyer: Is it <b>still</b> there?");
            assertThat(ann.page().getByText("Waiting for the next person to speak..."))
                    .isVisible();
            assertThat(ann.box()).isDisabled();
            bob.say("It is.");
            ann.awaitMessages("Buyer: Is it <b>still</b> there?", "Seller: It is.");
            ann.say("Good.");
            for (ChatWindow window : List.of(ann, bob)) {
                window.page().locator("select").selectOption("Yes");
                window.page().locator("#response-type-text-input input").fill("90");
                window.page().locator("#id_send_msg_button").click();
                window.finish();
            }

            assertThat(run.awaitExit()).as(run.err()).isZero();
        }
        assertThat(rows("published-chat")).hasSize(2).allSatisfy(row -> {
            assertThat(row.path("status").asText()).isEqualTo("completed");
            JsonNode messages = row.at("/outputs/messages");
            assertThat(messages.findValuesAsText("text").subList(0, 3))
                    .containsExactly("Is it <b>still</b> there?", "It is.", "Good.");
            assertThat(messages)
                    .extracting(message -> message.path("timestamp").asDouble())
                    .isSorted();
            assertThat(messages.findValue("form_responses")).isEqualTo(Json.parse("""
                            [{"question": "Agreed?", "response": "Yes"}, {"question": "At what price?", "response": "90"}]"""));
        });
    }

    @Test
    void whoPassesTheOnboardingChats() throws Exception {
        Path task = task("onboarding_qualification: kind\nmax_turns: 2\n");
        Files.writeString(task.resolve("task.yaml"), """
                shared_state:
                  onboarding_data:
                    text: Will you be kind?
                    respond_with_form:
                      - {type: choices, question: "So?", choices: ["Yes", "No"]}
                """.indent(2), StandardOpenOption.APPEND);
        try (MephistoProcess run = mephisto.start("run", task.toString())) {
            ChatWindow ann = open(run.link(), "ann");
            ann.awaitMessages("Will you be kind?");
            ann.page().reload();
            pass(ann);
            assertThat(ann.page().getByText("Waiting to pair with a task...")).isVisible();
            ChatWindow bob = open(run.link(), "bob");
            pass(bob);

            ann.say("one");
            bob.awaitMessages("Will you be kind?", "So?: Yes", "Buyer: one");
            bob.say("two");
            ann.finish();
            bob.finish();

            assertThat(run.awaitExit()).as(run.err()).isZero();
        }
        ChatWindow.assertBothSaid(rows("published-chat"), "one", "two");
    }

    private static void pass(ChatWindow window) {
        window.awaitMessages("Will you be kind?");
        window.page().locator("select").selectOption("Yes");
        window.page().locator("#id_send_msg_button").click();
        window.awaitMessages("Will you be kind?", "So?: Yes");
    }

    @Test
    void whoIsLeftAloneCanHandInTheWork() throws Exception {
        try (MephistoProcess run = mephisto.start(
                "run",
                task("").toString(),
                "mephisto.task.disconnect_after_in_seconds=8",
                "mephisto.task.closing_time_in_seconds=60")) {
            ChatWindow ann = open(run.link(), "ann");
            ChatWindow bob = open(run.link(), "bob");
            ann.say("hello");
            bob.awaitMessages("Buyer: hello");

            bob.page().close();

            ann.awaitMessages(
                    "Buyer: hello",
                    "Seller has left, so the chat ends here. Thank you for your part in it: it is paid all the same.");
            ann.finish();
        }
        assertThat(rows("published-chat"))
                .extracting(row -> row.path("status").asText())
                .containsExactly("completed", "expired");
    }
}
