package org.mephisto.blueprint.chat.talk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.model.AgentStatus;

/** Who may write when, and what the pages are told. */
final class TurnsTest {
    private final ScriptedAgent ann = new ScriptedAgent(0);
    private final ScriptedAgent bob = new ScriptedAgent(1);
    private final ScriptedAgent cem = new ScriptedAgent(2);

    @Test
    void everybodyWritesAtAnyTimeWhenTurnsAreFree() throws Exception {
        TestTable table = TestTable.of(TestTable.rules(TurnOrder.FREE, 4))
                .people(ann, bob)
                .start();

        ann.says("one");
        bob.awaitText("one");
        ann.says("two");
        bob.awaitText("two");
        bob.says("three");
        ann.awaitText("three");
        ann.says("four");
        bob.awaitText("four");
        UnitOutcome outcome = table.outcome();

        assertThat(outcome.flags()).isEmpty();
        ann.awaitDone();
        bob.awaitDone();
        assertThat(bob.texts()).startsWith("Ann: one", "Ann: two", "Ann: four").hasSize(4);
    }

    @Test
    void theNameComesBeforeTheFirstText() throws Exception {
        TestTable table = TestTable.of(TestTable.rules(TurnOrder.FREE, 1))
                .people(ann, bob)
                .start();

        ann.says("hello");
        table.outcome();

        assertThat(bob.updates().getFirst().at("/task_data/agent_display_name").asText())
                .isEqualTo("Bob");
    }

    @Test
    void nobodyHearsTheirOwnWords() throws Exception {
        TestTable table = TestTable.of(TestTable.rules(TurnOrder.FREE, 1))
                .people(ann, bob)
                .start();

        ann.says("hello");
        table.outcome();

        assertThat(ann.texts()).noneMatch(text -> text.contains("hello"));
    }

    @Test
    void theInputOpensAgainAfterEachMessageWhenTurnsAreFree() throws Exception {
        TestTable table = TestTable.of(TestTable.rules(TurnOrder.FREE, 2))
                .people(ann, bob)
                .start();
        ann.awaitInput(true);

        ann.says("one");
        ann.awaitInput(true);
        ann.says("two");

        ann.awaitInput(false);
        table.outcome();
    }

    @Test
    void oneAfterTheOtherMeansThatTheOthersInputIsClosed() throws Exception {
        TestTable table = TestTable.of(TestTable.rules(TurnOrder.ROUND_ROBIN, 4))
                .people(ann, bob, cem)
                .start();
        bob.awaitInput(false);
        cem.awaitInput(false);
        ann.awaitInput(true);

        ann.says("one");
        ann.awaitInput(false);
        bob.awaitInput(true);
        bob.says("two");
        cem.awaitInput(true);
        cem.says("three");
        ann.awaitInput(true);
        ann.says("four");
        table.outcome();

        assertThat(cem.texts()).startsWith("Ann: one", "Bob: two", "Ann: four");
    }

    @Test
    void whatComesBeforeItsTurnWaitsForIt() throws Exception {
        TestTable table = TestTable.of(TestTable.rules(TurnOrder.ROUND_ROBIN, 4))
                .people(ann, bob)
                .start();

        bob.says("early").says("earlier still");
        ann.says("first").says("second");
        table.outcome();

        assertThat(ann.texts()).startsWith("Bob: early", "Bob: earlier still");
        assertThat(bob.texts()).startsWith("Ann: first", "Ann: second");
    }

    @Test
    void onlyMessagesCount() throws Exception {
        TestTable table = TestTable.of(TestTable.rules(TurnOrder.FREE, 1))
                .people(ann, bob)
                .start();

        ann.sends(Json.object().put("typing", true)).says("  ").says("words");
        table.outcome();

        assertThat(bob.texts()).startsWith("Ann: words");
    }

    @Test
    void aPageCannotSteerAnother() throws Exception {
        TestTable table = TestTable.of(TestTable.rules(TurnOrder.FREE, 1))
                .people(ann, bob)
                .start();
        ObjectNode message = Json.object()
                .put("text", "hello")
                .put("id", "System")
                .put("episode_done", true)
                .put("update_id", "mine")
                .put("left", "Bob")
                .put("failed_bot", "Bob");
        message.putObject("task_data")
                .put("task_done", true)
                .put("is_final", true)
                .put("agent_display_name", "Bob the thief")
                .put("mood", "good");

        ann.sends(message);
        table.outcome();

        ObjectNode passed = bob.awaitText("hello");
        assertThat(passed.path("id").asText()).isEqualTo("Ann");
        assertThat(passed.path("task_data")).isEqualTo(Json.parse("{\"mood\":\"good\"}"));
        assertThat(passed.has("episode_done")).isFalse();
        assertThat(passed.has("update_id")).isFalse();
        assertThat(passed.has("left")).isFalse();
        assertThat(passed.has("failed_bot")).isFalse();
        assertThat(passed.path("timestamp").asDouble()).isPositive();
    }

    @Test
    void aPersonMayEndTheChatWhereThatIsAllowed() throws Exception {
        ConversationRules rules = new ConversationRules(
                TurnOrder.FREE, 0, Optional.empty(), PartnerLeftConfig.Action.END, true, List.of());
        TestTable table = TestTable.of(rules).people(ann, bob).start();

        ann.sends(Json.object().put("text", "bye").put("episode_done", true));
        table.outcome();

        bob.awaitText("bye");
        bob.awaitText("Ann has ended the chat.");
        bob.awaitDone();
        ann.awaitDone();
    }

    @Test
    void elsewhereThePagesWordForTheEndMeansNothing() throws Exception {
        TestTable table = TestTable.of(TestTable.rules(TurnOrder.FREE, 2))
                .people(ann, bob)
                .start();

        ann.sends(Json.object().put("text", "one").put("episode_done", true));
        bob.awaitText("one");
        bob.says("two");
        table.outcome();

        ann.awaitText("two");
    }

    @Test
    void aSilentPersonIsRemindedAndThenTimedOut() throws Exception {
        ConversationRules rules = new ConversationRules(
                TurnOrder.ROUND_ROBIN, 4, TestTable.millis(600), PartnerLeftConfig.Action.END, false, List.of());
        TestTable table = TestTable.of(rules).people(ann, bob).start();

        ann.says("one");
        bob.awaitText("Are you still there?");
        Throwable failure = table.failure();

        assertThat(failure).hasMessageContaining("run out of time");
        assertThat(bob.status()).isEqualTo(AgentStatus.TIMEOUT);
        ann.awaitText("Bob has left");
    }

    @Test
    void whoWaitsForAnAnswerIsNotTimedOut() throws Exception {
        ConversationRules rules = new ConversationRules(
                TurnOrder.FREE, 3, TestTable.millis(600), PartnerLeftConfig.Action.END, false, List.of());
        TestTable table = TestTable.of(rules).people(ann, bob).start();

        ann.says("one");
        bob.awaitText("Are you still there?");
        bob.says("two");
        ann.awaitText("two");
        ann.awaitText("Are you still there?");
        ann.says("three");

        assertThat(table.outcome().flags()).isEmpty();
    }
}
