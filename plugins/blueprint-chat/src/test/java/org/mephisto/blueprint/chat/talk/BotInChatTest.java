package org.mephisto.blueprint.chat.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mephisto.blueprint.chat.bot.Bot;
import org.mephisto.blueprint.chat.bot.BotAnswer;
import org.mephisto.blueprint.chat.bot.ChatMessage;
import org.mephisto.blueprint.chat.bot.FailingBot;
import org.mephisto.spi.json.Json;

/** Bots at the table. */
final class BotInChatTest {
    /** Says how many messages it has read. */
    private static final Bot COUNTING =
            question -> BotAnswer.of("I have read " + question.messages().size());

    private final ScriptedAgent ann = new ScriptedAgent(0);
    private final ScriptedAgent bob = new ScriptedAgent(1);

    @Test
    void onePersonTalksWithABot() throws Exception {
        TestTable table = TestTable.of(TestTable.rules(TurnOrder.FREE, 4))
                .people(ann)
                .bot("Bo", COUNTING)
                .start();

        ann.says("hello");
        ann.awaitText("I have read 1");
        ann.says("and now?");
        ann.awaitText("I have read 3");

        assertThat(table.outcome().flags()).isEmpty();
        ann.awaitDone();
    }

    @Test
    void aBotHasItsTurnAfterThePeople() throws Exception {
        TestTable table = TestTable.of(TestTable.rules(TurnOrder.ROUND_ROBIN, 6))
                .people(ann, bob)
                .bot("Bo", COUNTING)
                .start();

        ann.says("one").says("four");
        bob.says("two").says("five");
        table.outcome();

        assertThat(bob.texts()).startsWith("Ann: one", "Bo: I have read 2", "Ann: four", "Bo: I have read 5");
    }

    @Test
    void aBotThatIsStillThinkingIsAskedAgainAfterwards() throws Exception {
        CountDownLatch secondSaid = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        TestTable table = TestTable.of(TestTable.rules(TurnOrder.FREE, 4))
                .people(ann, bob)
                .bot("Bo", question -> {
                    asked.incrementAndGet();
                    secondSaid.await();
                    return BotAnswer.of("I have read " + question.messages().size());
                })
                .start();

        ann.says("one");
        bob.awaitText("one");
        ann.says("two");
        bob.awaitText("two");
        secondSaid.countDown();
        bob.awaitText("I have read 1");
        bob.awaitText("I have read 3");
        table.outcome();

        assertThat(asked).hasValue(2);
    }

    @Test
    void aBotMayHaveNothingToSay() throws Exception {
        TestTable table = TestTable.of(TestTable.rules(TurnOrder.ROUND_ROBIN, 2))
                .people(ann)
                .bot("Bo", question -> BotAnswer.of(""))
                .start();

        ann.says("one");
        ann.awaitInput(false);
        ann.awaitInput(true);
        ann.says("two");
        table.outcome();

        assertThat(ann.texts()).noneMatch(text -> text.startsWith("Bo"));
    }

    @Test
    void aBotThatFailsEndsTheChatOfWhoHasNobodyElse() throws Exception {
        TestTable table = TestTable.of(TestTable.rules(TurnOrder.FREE, 9))
                .people(ann)
                .bot("Bo", new FailingBot())
                .start();

        ann.says("hello");
        ann.awaitText("Bo cannot answer any more, so the chat ends here.");
        ann.awaitDone();

        assertThat(table.outcome().flags()).containsExactly("The bot \"Bo\" failed after 1 messages.");
    }

    @Test
    void withoutABotThatFailsPeopleGoOn() throws Exception {
        TestTable table = TestTable.of(TestTable.rules(TurnOrder.ROUND_ROBIN, 4))
                .people(ann, bob)
                .bot("Bo", new FailingBot())
                .start();

        ann.says("one");
        bob.awaitText("one");
        bob.says("two");
        ann.awaitText("Bo cannot answer any more. The chat goes on without it.");
        ann.awaitInput(true);
        ann.says("three");
        bob.awaitText("three");
        bob.says("four");

        assertThat(table.outcome().flags()).containsExactly("The bot \"Bo\" failed after 2 messages.");
    }

    @Test
    void afterARestartABotHasSaidWhatPeopleHaveRead() throws Exception {
        ann.withPast(
                Json.object().put("id", "Bo").put("text", "from before").put("number", 2),
                Json.object()
                        .put("id", "System")
                        .put("text", "Are you still there?")
                        .put("reminder", true));
        List<ChatMessage> read = new CopyOnWriteArrayList<>();
        TestTable table = TestTable.of(TestTable.rules(TurnOrder.FREE, 4))
                .people(ann)
                .bot("Bo", question -> {
                    read.addAll(question.messages());
                    return BotAnswer.of("from now");
                })
                .start();

        ann.says("one");
        ann.awaitText("from before");
        ann.says("two");
        ann.awaitText("from now");
        table.outcome();

        assertThat(read).extracting(ChatMessage::text).containsExactly("one", "from before", "two");
        assertThat(ann.texts()).filteredOn(text -> text.contains("still there")).hasSize(1);
    }
}
