package org.mephisto.blueprint.chat.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mephisto.blueprint.chat.bot.BotAnswer;
import org.mephisto.blueprint.chat.bot.BotQuestion;
import org.mephisto.blueprint.chat.talk.PartnerLeftConfig.Action;
import org.mephisto.spi.blueprint.AgentDisconnectedException;
import org.mephisto.spi.blueprint.AgentShutdownException;

/** What happens when somebody leaves. */
final class PartnerLeftTest {
    private final ScriptedAgent ann = new ScriptedAgent(0);
    private final ScriptedAgent bob = new ScriptedAgent(1);
    private final ScriptedAgent cem = new ScriptedAgent(2);

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"END", "WAIT"})
    void theOthersAreThankedAndTheAssignmentEnds(Action action) throws Exception {
        TestTable table = TestTable.of(TestTable.leaving(TurnOrder.FREE, action))
                .people(ann, bob)
                .start();
        ann.says("hello");
        bob.awaitText("hello");

        bob.leaves();
        Throwable failure = table.failure();

        assertThat(failure).isInstanceOf(AgentDisconnectedException.class);
        assertThat(ann.awaitDone().path("text").asText())
                .startsWith("Bob has left")
                .contains("Thank you", "paid");
    }

    @ParameterizedTest
    @EnumSource(TurnOrder.class)
    void theOthersGoOnWhereTheyMayAndCan(TurnOrder order) throws Exception {
        TestTable table = TestTable.of(TestTable.leaving(order, Action.CONTINUE))
                .people(ann, bob, cem)
                .start();
        ann.says("one");
        cem.awaitText("one");

        bob.leaves();
        cem.awaitText("Bob has left. The chat goes on without them.");
        cem.says("two");
        ann.awaitText("two");
        ann.says("three");
        cem.awaitText("three");
        cem.says("four");

        assertThat(table.outcome().flags()).containsExactly("Bob left after 1 messages.");
    }

    @Test
    void whoHandsInEarlyEndsTheChatForTheOthersToo() throws Exception {
        TestTable table = TestTable.of(TestTable.leaving(TurnOrder.FREE, Action.END))
                .people(ann, bob)
                .start();
        ann.says("hello");
        bob.awaitText("hello");

        bob.submits();
        ann.awaitText("Bob has finished, so the chat ends here.");
        ann.awaitDone();

        assertThat(table.outcome().flags()).isEmpty();
    }

    @Test
    void nobodyGoesOnAlone() throws Exception {
        TestTable table = TestTable.of(TestTable.leaving(TurnOrder.FREE, Action.CONTINUE))
                .people(ann, bob)
                .start();

        bob.leaves();

        assertThat(table.failure()).isInstanceOf(AgentDisconnectedException.class);
        ann.awaitDone();
    }

    @ParameterizedTest
    @EnumSource(TurnOrder.class)
    void aBotTakesThePlaceInTheRoleOfWhoLeft(TurnOrder order) throws Exception {
        BlockingQueue<BotQuestion> questions = new LinkedBlockingQueue<>();
        TestTable table = new TestTable(TestTable.leaving(order, Action.BOT), Optional.of(question -> {
                    questions.add(question);
                    return BotAnswer.of("I am here");
                }))
                .people(ann, bob)
                .start();
        ann.says("one");
        bob.awaitText("one");

        bob.leaves();
        ann.awaitText("Bob has left. Sue, a bot, takes their place.");
        ann.awaitText("I am here");
        ann.says("three");
        ann.awaitText("I am here");

        assertThat(table.outcome().flags()).containsExactly("Bob left after 1 messages.");
        BotQuestion first = questions.poll(10, TimeUnit.SECONDS);
        assertThat(first).isNotNull();
        assertThat(first.role()).contains("role of Bob");
        assertThat(first.context().path("secret").asText()).isEqualTo("of Bob");
        assertThat(first.messages())
                .extracting(message -> message.id() + ": " + message.text())
                .containsExactly("Ann: one");
    }

    @Test
    void aBotTakesNoPlaceWhenEverybodyHasLeft() throws Exception {
        TestTable table = new TestTable(
                        TestTable.leaving(TurnOrder.FREE, Action.BOT), Optional.of(question -> BotAnswer.of("alone")))
                .people(ann, bob)
                .start();

        bob.leaves();
        ann.awaitText("takes their place");
        ann.leaves();

        assertThat(table.failure()).isInstanceOf(AgentDisconnectedException.class);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void aRunThatShutsDownEndsTheChatWhateverIsConfigured(Action action) throws Exception {
        TestTable table = new TestTable(
                        TestTable.leaving(TurnOrder.FREE, action), Optional.of(question -> BotAnswer.of("no")))
                .people(ann, bob, cem)
                .start();

        bob.leaves(new AgentShutdownException("agent-1"));

        assertThat(table.failure()).isInstanceOf(AgentShutdownException.class);
        assertThat(ann.texts()).isEqualTo(List.of());
    }
}
