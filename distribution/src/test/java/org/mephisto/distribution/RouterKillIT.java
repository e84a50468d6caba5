package org.mephisto.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mephisto.blueprint.chat.ChatBlueprintFactory;
import org.mephisto.provider.mock.MockProviderFactory;
import org.mephisto.testkit.TestRun;

/** {@code kill -9} of a router that stands alone, in the middle of a chat whose pages stay open. */
@SuppressWarnings("NullAway.Init")
final class RouterKillIT extends BrowserFixture {
    private RouterArchitectFactory architect;

    @BeforeEach
    void makeArchitect() {
        architect = new RouterArchitectFactory(mephisto);
    }

    private TestRun run(ChatWindow.Kind kind, int turns) throws Exception {
        TestRun.Builder run = TestRun.of(new ChatBlueprintFactory())
                .architect(architect, Map.of())
                .provider(new MockProviderFactory(), Map.of())
                .taskDirectory(home)
                .blueprintOption("num_conversations", 1)
                .blueprintOption("roles", List.of("Buyer", "Seller"))
                .blueprintOption("max_turns", turns)
                .taskOption("allowed_concurrent", 1)
                // Its shutdown kills the router, and by then the last answer must be through.
                .taskOption("closing_time_in_seconds", 3);
        if (kind == ChatWindow.Kind.PUBLISHED) {
            NpmPage.bundle("chat-page", home.resolve("bundle.js"));
            run.blueprintOption("custom_source_bundle", "bundle.js");
        }
        return run.start();
    }

    @ParameterizedTest
    @EnumSource(ChatWindow.Kind.class)
    void bothWindowsComeBackToTheNextRouterAndFinish(ChatWindow.Kind kind) throws Exception {
        try (TestRun run = run(kind, 5)) {
            URI link = run.url();
            ChatWindow ann = ChatWindow.open(kind, browser, link, "ann");
            ChatWindow bob = ChatWindow.open(kind, browser, link, "bob");
            ChatWindow.begin(ann, bob);

            architect.killRouter();
            ann.awaitAway();
            ann.say("three, into the void");
            architect.startRouterAgain();

            bob.awaitMessages("one", "two", "three, into the void");
            ann.page().reload();
            ann.awaitMessages("one", "two", "three, into the void");
            bob.say("four");
            ann.awaitMessages("one", "two", "three, into the void", "four");
            ann.say("five");
            ann.finish();
            bob.finish();

            run.awaitEnd();
            ChatWindow.assertBothSaid(run.rows(), "one", "two", "three, into the void", "four", "five");
        }
    }

    @Test
    void aBurstThatTheKillInterruptsArrivesOnceAndInOrder() throws Exception {
        String[] texts = IntStream.rangeClosed(1, 52)
                .mapToObj(i -> i == 1 ? "one" : i == 2 ? "two" : "message " + i)
                .toArray(String[]::new);
        try (TestRun run = run(ChatWindow.Kind.OURS, texts.length + 1)) {
            URI link = run.url();
            ChatWindow ann = ChatWindow.open(ChatWindow.Kind.OURS, browser, link, "ann");
            ChatWindow bob = ChatWindow.open(ChatWindow.Kind.OURS, browser, link, "bob");
            ChatWindow.begin(ann, bob);

            // Some are through, some are under way when it is killed, some are written into the void.
            sendAtOnce(ann, texts, 2, 20);
            assertThat(bob.page().getByText(texts[2]).first()).isVisible();
            sendAtOnce(ann, texts, 20, 38);
            architect.killRouter();
            sendAtOnce(ann, texts, 38, 52);
            architect.startRouterAgain();

            bob.awaitMessages(texts);
            bob.say("the end");
            ann.finish();
            bob.finish();
            run.awaitEnd();
            ChatWindow.assertBothSaid(run.rows(), texts);
        }
    }

    /** Sends these as the page's own script does, without waiting for the server. */
    private static void sendAtOnce(ChatWindow window, String[] texts, int from, int to) {
        window.page()
                .evaluate(
                        "(texts) => { for (const text of texts) mephistoTask.pageLiveTask().sendLiveUpdate({ text }); }",
                        List.of(texts).subList(from, to));
    }
}
