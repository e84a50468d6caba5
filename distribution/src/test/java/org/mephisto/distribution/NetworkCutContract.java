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
    static final Duration CUT = Duration.ofSeconds(7);

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

            cable.unplug();
            ann.awaitAway();
            ann.say("three");
            cable.awaitRefusal();
            cable.plugIn();

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

    /** Cuts off a page that has nothing to say for {@link #CUT}, when that keeps it away for longest. */
    abstract void cutOff(ChatWindow idle, Cable cable);

    @Test
    void pagesThatHaveNothingToSayComeBackTooAndGetWhatTheyMissed() throws Exception {
        try (MephistoProcess run = run(2);
                Cable cable = Cable.to(run.link())) {
            ChatWindow ann = ChatWindow.open(kind, browser, cable.end(run.link()), "ann");
            ChatWindow bob = ChatWindow.open(kind, browser, run.link(), "bob");
            ann.say("one");
            bob.awaitMessages("one");

            cutOff(ann, cable);
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
