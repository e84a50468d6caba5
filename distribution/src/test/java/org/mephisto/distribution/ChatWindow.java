package org.mephisto.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mephisto.task.TestBrowser;

/** A person's window on a chat page, of either kind. Confined to one thread. */
final class ChatWindow {
    /** What regular expressions of JavaScript, which knows no quotes in them, take for more than itself. */
    private static final Pattern SPECIAL = Pattern.compile("[.*+?^${}()|\\[\\]\\\\/]");

    /** Whose page it is, and where its parts are. */
    enum Kind {
        OURS("#log li", "#text", "#send", "#done", "#mephisto-task-status .strip"),
        PUBLISHED(
                "#message_thread .message",
                ".response-text-input",
                "#id_send_msg_button",
                "#done-button",
                "#connected-button:has-text('disconnected')");

        private final String message;
        private final String box;
        private final String send;
        private final String done;
        private final String away;

        Kind(String message, String box, String send, String done, String away) {
            this.message = message;
            this.box = box;
            this.send = send;
            this.done = done;
            this.away = away;
        }
    }

    private final Kind kind;
    private final Page page;
    private final Heartbeats heartbeats;

    private ChatWindow(Kind kind, Page page) {
        this.kind = kind;
        this.page = page;
        this.heartbeats = Heartbeats.of(page);
    }

    /** Opens a worker's link in a window of its own. */
    static ChatWindow open(Kind kind, TestBrowser browser, URI link, String worker) {
        ChatWindow window = new ChatWindow(kind, browser.newVisitor());
        URI own = link.resolve("/?worker_id=" + worker + "&assignment_id=visit-" + worker);
        window.page.navigate(own.toString());
        return window;
    }

    /** The first words of a chat of two, which both read. */
    static void begin(ChatWindow first, ChatWindow second) {
        first.say("one");
        second.awaitMessages("one");
        second.say("two");
        first.awaitMessages("one", "two");
    }

    /** That the export has both people's work, each with these messages, in this order, first and none twice. */
    static void assertBothSaid(List<? extends JsonNode> rows, String... texts) {
        assertThat(rows).hasSize(2).allSatisfy(row -> {
            assertThat(row.path("status").asText()).isEqualTo("completed");
            assertThat(row.at("/outputs/messages").findValuesAsText("text"))
                    .startsWith(texts)
                    .doesNotHaveDuplicates();
        });
    }

    Page page() {
        return page;
    }

    Locator box() {
        return page.locator(kind.box);
    }

    /** Writes when the page lets this person write. */
    void say(String text) {
        box().fill(text);
        page.locator(kind.send).click();
    }

    /** Waits until the window shows these messages, whoever wrote them, and no others. */
    void awaitMessages(String... texts) {
        Pattern[] lines = Stream.of(texts)
                .map(text -> Pattern.compile(SPECIAL.matcher(text).replaceAll("\\\\$0") + "\\s*$"))
                .toArray(Pattern[]::new);
        assertThat(page.locator(kind.message)).hasText(lines);
    }

    void awaitHeartbeat() {
        heartbeats.await(1);
    }

    /** Waits until the page says that it is cut off. */
    void awaitAway() {
        assertThat(page.locator(kind.away)).isVisible();
    }

    /** Hands the work in when the chat is over, and waits until the page is told that it is saved. */
    void finish() {
        page.locator(kind.done).click();
        assertThat(page.locator("#mephisto-next-unit")).isVisible();
    }
}
