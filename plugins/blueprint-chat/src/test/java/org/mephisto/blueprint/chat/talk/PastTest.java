package org.mephisto.blueprint.chat.talk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.json.Json;

/** Conversations that are held again: the same course, in whatever order the host hands out what people sent. */
final class PastTest {
    private static final ObjectNode END = Json.object().put("text", "").put("episode_done", true);

    private final ScriptedAgent ann = new ScriptedAgent(0).withPast(message(2, "Bob", "two"));
    private final ScriptedAgent bob = new ScriptedAgent(1).withPast(message(1, "Ann", "one"));

    private static ObjectNode message(int number, String by, String text) {
        return Json.object().put("id", by).put("text", text).put("number", number);
    }

    private TestTable start(TurnOrder order) {
        ConversationRules rules =
                new ConversationRules(order, 4, Optional.empty(), PartnerLeftConfig.Action.END, true, List.of());
        return TestTable.of(rules).people(ann, bob).start();
    }

    @Test
    void whatIsHandedOutTooEarlyIsSaidInItsPlace() throws Exception {
        TestTable table = start(TurnOrder.FREE);

        bob.says("two").sends(END);
        bob.awaitHeard(2);
        ann.says("one");
        table.outcome();

        assertThat(ann.texts()).startsWith("Bob: two", "System: Bob has ended the chat.");
        assertThat(bob.texts()).startsWith("Ann: one");
    }

    @Test
    void aBotThatHadNothingToSayInItsTurnHasNothingToSayAgain() throws Exception {
        ann.withPast(message(4, "Bob", "four"), message(5, "Bo", "five"));
        bob.withPast(message(3, "Ann", "three"), message(5, "Bo", "five"));
        TestTable table = TestTable.of(TestTable.rules(TurnOrder.ROUND_ROBIN, 6))
                .people(ann, bob)
                .bot("Bo", question -> {
                    throw new AssertionError("asked again");
                })
                .start();

        ann.says("one").says("three").says("six");
        bob.says("two").says("four");
        table.outcome();

        assertThat(ann.texts()).startsWith("Bob: two", "Bob: four", "Bo: five");
        assertThat(bob.texts()).startsWith("Ann: one", "Ann: three", "Bo: five", "Ann: six");
    }

    @Test
    void whoHadEndedTheChatInSomebodyElsesTurnEndsItAgain() throws Exception {
        TestTable table = start(TurnOrder.ROUND_ROBIN);

        bob.says("two").says("out of turn").sends(END);
        bob.awaitHeard(3);
        ann.says("one");
        table.outcome();

        assertThat(ann.texts()).startsWith("Bob: two", "System: Bob has ended the chat.");
    }
}
