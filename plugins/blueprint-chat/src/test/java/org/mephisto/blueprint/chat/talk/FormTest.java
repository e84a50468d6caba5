package org.mephisto.blueprint.chat.talk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mephisto.blueprint.chat.bot.BotAnswer;
import org.mephisto.blueprint.chat.form.FormQuestion;
import org.mephisto.spi.json.Json;

/** Forms within the chat. */
final class FormTest {
    private static final ConversationRules WITH_FORM = new ConversationRules(
            TurnOrder.FREE,
            1,
            Optional.empty(),
            PartnerLeftConfig.Action.END,
            false,
            List.of(
                    new FormQuestion(FormQuestion.Kind.CHOICES, "Did you agree?", List.of("yes", "no")),
                    new FormQuestion(FormQuestion.Kind.TEXT, "On what?", List.of())));

    private final ScriptedAgent ann = new ScriptedAgent(0);
    private final ScriptedAgent bob = new ScriptedAgent(1);

    private static ObjectNode answered(String response) {
        ObjectNode answer = Json.object().put("text", "On what?: " + response);
        answer.putObject("task_data")
                .putArray("form_responses")
                .addObject()
                .put("question", "On what?")
                .put("response", response);
        return answer;
    }

    @Test
    void eachPersonAnswersTheFinalFormAndIsDoneThen() throws Exception {
        TestTable table = TestTable.of(WITH_FORM).people(ann, bob).start();

        ann.says("hello");
        ObjectNode asked = ann.awaitText("answer a few questions");
        ann.sends(answered("nothing"));
        ObjectNode done = ann.awaitDone();
        bob.awaitText("answer a few questions");
        bob.sends(answered("tea"));
        bob.awaitDone();
        table.outcome();

        assertThat(asked.at("/task_data/live_update_requested").asBoolean()).isTrue();
        assertThat(asked.at("/task_data/respond_with_form")).isEqualTo(Json.parse("""
                [{"type": "choices", "question": "Did you agree?", "choices": ["yes", "no"]}, {"type": "text", "question": "On what?"}]
                """));
        assertThat(done.at("/task_data/respond_with_form").asBoolean(true)).isFalse();
        assertThat(bob.texts()).noneMatch(text -> text.contains("nothing"));
    }

    @Test
    void wordsUnderWayWhenTheChatEndedAreNoAnswer() throws Exception {
        TestTable table = TestTable.of(WITH_FORM).people(ann, bob).start();

        ann.says("hello");
        ann.awaitHeard(1);
        bob.says("hi");
        bob.awaitHeard(1);
        ann.sends(answered("tea"));
        ann.awaitDone();
        List<String> shownToBobBeforeHeAnswered = bob.texts();
        bob.sends(answered("tea"));
        bob.awaitDone();
        table.outcome();

        assertThat(shownToBobBeforeHeAnswered).noneMatch(text -> text.contains("Thank you"));
        assertThat(ann.texts()).noneMatch(text -> text.contains("hi"));
    }

    @Test
    void whoLeavesDuringTheFormKeepsNobodyWaiting() throws Exception {
        TestTable table = TestTable.of(WITH_FORM).people(ann, bob).start();

        ann.says("hello");
        ann.awaitText("answer a few questions");
        ann.leaves();
        bob.awaitText("answer a few questions");
        bob.sends(answered("tea"));

        bob.awaitDone();
        table.outcome();
    }

    @Test
    void aBotMayAskWithAForm() throws Exception {
        TestTable table = TestTable.of(TestTable.rules(TurnOrder.ROUND_ROBIN, 4))
                .people(ann)
                .bot(
                        "Quiz",
                        question ->
                                new BotAnswer("Which?", Json.parse("[{\"type\": \"text\", \"question\": \"Which?\"}]")))
                .start();

        ann.says("begin");
        ObjectNode asked = ann.awaitText("Which?");
        ann.sends(answered("tea"));
        ann.awaitText("Which?");
        table.outcome();

        assertThat(asked.at("/task_data/respond_with_form/0/question").asText()).isEqualTo("Which?");
        assertThat(ann.updates())
                .filteredOn(update -> update.at("/task_data/respond_with_form").isBoolean())
                .first()
                .satisfies(taken -> assertThat(
                                taken.at("/task_data/live_update_requested").asBoolean(true))
                        .isFalse());
    }
}
