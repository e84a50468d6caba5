package org.mephisto.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mephisto.blueprint.chat.ChatBlueprintFactory;
import org.mephisto.provider.mock.MockProviderFactory;
import org.mephisto.task.TestBrowser;
import org.mephisto.testkit.TestRun;

/** {@code kill -9} of a router that stands alone, in the middle of a chat whose pages stay open. */
@Timeout(240)
@SuppressWarnings("NullAway.Init")
final class RouterKillIT {
    @TempDir
    private Path home;

    private TestBrowser browser;
    private RouterArchitectFactory architect;

    @BeforeEach
    void start() throws Exception {
        architect = new RouterArchitectFactory(MephistoProcess.of(Distribution.assembled(), home));
        browser = TestBrowser.start();
    }

    @AfterEach
    void stop() {
        browser.close();
    }

    private TestRun run(ChatWindow.Kind kind) throws Exception {
        TestRun.Builder run = TestRun.of(new ChatBlueprintFactory())
                .architect(architect, Map.of())
                .provider(new MockProviderFactory(), Map.of())
                .taskDirectory(home)
                .blueprintOption("num_conversations", 1)
                .blueprintOption("roles", List.of("Buyer", "Seller"))
                .blueprintOption("max_turns", 5)
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
        try (TestRun run = run(kind)) {
            URI link = run.url();
            ChatWindow ann = ChatWindow.open(kind, browser, link, "ann");
            ChatWindow bob = ChatWindow.open(kind, browser, link, "bob");
            ann.say("one");
            bob.awaitMessages("one");
            bob.say("two");
            ann.awaitMessages("one", "two");

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
            assertThat(run.rows()).hasSize(2).allSatisfy(row -> {
                assertThat(row.path("status").asText()).isEqualTo("completed");
                assertThat(row.at("/outputs/messages").findValuesAsText("text"))
                        .startsWith("one", "two", "three, into the void", "four", "five")
                        .doesNotHaveDuplicates();
            });
        }
    }
}
