package org.mephisto.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.net.URI;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mephisto.task.TestBrowser;

/** A person's window on a chat page, of either kind. Confined to one thread. */
final class ChatWindow {
    /** Time for a page to come back by itself; the published client tries every six seconds. */
    private static final double COMING_BACK = 30_000;

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
    private int heartbeats;

    private ChatWindow(Kind kind, Page page) {
        this.kind = kind;
        this.page = page;
        page.onWebSocket(socket -> socket.onFrameSent(this::sent));
    }

    private void sent(WebSocketFrame frame) {
        if (frame.text() != null && frame.text().contains("\"heartbeat\"")) {
            heartbeats++;
        }
    }

    /** Opens a worker's link in a window of its own. */
    static ChatWindow open(Kind kind, TestBrowser browser, URI link, String worker) {
        ChatWindow window = new ChatWindow(kind, browser.newVisitor());
        URI own = link.resolve("/?worker_id=" + worker + "&assignment_id=visit-" + worker);
        window.page.navigate(own.toString());
        return window;
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
        assertThat(page.locator(kind.message))
                .hasText(lines, new LocatorAssertions.HasTextOptions().setTimeout(COMING_BACK));
    }

    /** Waits for the next of the frames that a page sends every six seconds. */
    void awaitHeartbeat() {
        int before = heartbeats;
        page.waitForCondition(() -> heartbeats > before);
    }

    /** Waits until the page says that it is cut off. */
    void awaitAway() {
        assertThat(page.locator(kind.away)).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(COMING_BACK));
    }

    /** Hands the work in when the chat is over, and waits until the page is told that it is saved. */
    void finish() {
        page.locator(kind.done).click(new Locator.ClickOptions().setTimeout(COMING_BACK));
        assertThat(page.locator("#mephisto-next-unit")).isVisible();
    }
}
