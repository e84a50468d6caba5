package org.mephisto.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A network that fails for a while in the middle of a chat, and pages that are reloaded. A subclass for each kind of page, because the tests
 * take long and classes run beside each other.
 */
abstract class NetworkCutContract extends BrowserFixture {
    private static final Duration CUT = Duration.ofSeconds(7);
    private static final Duration BETWEEN_HEARTBEATS = Duration.ofMillis(5_700);

    private final ChatWindow.Kind kind;

    NetworkCutContract(ChatWindow.Kind kind) {
        this.kind = kind;
    }

    private MephistoProcess run(int turns) throws Exception {
        Path task = TaskFolder.chat(home.resolve("task"), "cut", kind, "max_turns: " + turns + "\n");
        return mephisto.start("run", task.toString());
    }

    @Test
    void whatIsWrittenDuringACutArrivesOnceAndTheChatGoesOn() throws Exception {
        try (MephistoProcess run = run(4);
                Cable cable = Cable.to(run.link())) {
            URI link = cable.end(run.link());
            ChatWindow ann = ChatWindow.open(kind, browser, link, "ann");
            ChatWindow bob = ChatWindow.open(kind, browser, link, "bob");
            ChatWindow.begin(ann, bob);

            cable.unplug(Duration.ZERO, CUT);
            ann.awaitAway();
            ann.say("three");

            bob.awaitMessages("one", "two", "three");
            ann.awaitMessages("one", "two", "three");
            bob.page().reload();
            bob.awaitMessages("one", "two", "three");
            bob.say("four");
            ann.finish();
            bob.finish();
            assertThat(run.awaitExit()).as(run.err()).isZero();
        }
        ChatWindow.assertBothSaid(rows("cut"), "one", "two", "three", "four");
    }

    /**
     * The published client looks after its connection with each heartbeat only, every six seconds, and here the cut comes just before one: two
     * fail, and the page is away for as long as it can be.
     */
    @Test
    void pagesThatHaveNothingToSayComeBackTooAndGetWhatTheyMissed() throws Exception {
        try (MephistoProcess run = run(2);
                Cable cable = Cable.to(run.link())) {
            ChatWindow ann = ChatWindow.open(kind, browser, cable.end(run.link()), "ann");
            ChatWindow bob = ChatWindow.open(kind, browser, run.link(), "bob");
            ann.say("one");
            bob.awaitMessages("one");

            ann.awaitHeartbeat();
            cable.unplug(BETWEEN_HEARTBEATS, CUT);
            ann.awaitAway();
            bob.say("two");

            ann.awaitMessages("one", "two", "Thank you for taking part! Press the button below to hand in your work.");
            ann.finish();
            bob.finish();
            assertThat(run.awaitExit()).as(run.err()).isZero();
        }
        ChatWindow.assertBothSaid(rows("cut"), "one", "two");
    }
}
