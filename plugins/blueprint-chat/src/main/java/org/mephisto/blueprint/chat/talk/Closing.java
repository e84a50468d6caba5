package org.mephisto.blueprint.chat.talk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mephisto.spi.blueprint.AbsentAgentException;
import org.mephisto.spi.blueprint.AgentShutdownException;
import org.mephisto.spi.json.Json;

/** The end of a conversation: each person gets the form, where there is one, and then Done, not waiting for the others. */
final class Closing {
    private final ConversationRules rules;
    private final Hearing hearing;
    private final InstantSource clock;

    Closing(ConversationRules rules, Hearing hearing, InstantSource clock) {
        this.rules = rules;
        this.hearing = hearing;
        this.clock = clock;
    }

    /**
     * Returns when everybody has answered or gone: at this stage the others need nobody any more.
     *
     * @throws AbsentAgentException when the run shuts down, or all have gone
     */
    void hold(List<PersonSeat> people) throws InterruptedException {
        List<PersonSeat> answering = new ArrayList<>(people);
        for (PersonSeat person : people) {
            person.owesNothing();
            if (rules.finalForm().isEmpty()) {
                thank(person);
            } else {
                askForm(person);
            }
        }
        int gone = 0;
        while (!rules.finalForm().isEmpty() && !answering.isEmpty()) {
            Optional<Heard> what = Patience.next(rules.turnTimeout(), answering, hearing, clock);
            if (what.isEmpty()) {
                Patience.lose(rules.turnTimeout().orElseThrow(), answering, hearing, clock);
                continue;
            }
            switch (what.get()) {
                case Heard.Sent sent -> {
                    // Words that were under way when the chat ended stay in the person's own record.
                    if (ChatUpdates.isAnsweredForm(sent.data()) && answering.remove(sent.by())) {
                        thank(sent.by());
                    }
                }
                case Heard.Left left -> {
                    if (answering.remove(left.who())) {
                        gone++;
                    }
                    if (left.absence() instanceof AgentShutdownException || gone == people.size()) {
                        throw left.absence();
                    }
                }
                case Heard.Submitted submitted -> answering.remove(submitted.who());
                case Heard.Broken broken -> throw broken.why();
                case Heard.Answered answered -> answered.by().stopThinking();
                case Heard.Failed failed -> failed.who().stopThinking();
            }
        }
    }

    private void askForm(PersonSeat person) {
        ArrayNode form = Json.array();
        rules.finalForm().forEach(question -> form.add(question.toJson()));
        ObjectNode taskData = Json.object().put("live_update_requested", true);
        taskData.set("respond_with_form", form);
        person.formGiven();
        person.tell(ChatUpdates.text(
                ChatUpdates.SYSTEM,
                "The chat is over. Please answer a few questions about it.",
                clock.instant(),
                taskData));
        person.owe(clock.instant());
    }

    private void thank(PersonSeat person) {
        person.tell(ChatUpdates.text(
                ChatUpdates.SYSTEM,
                "Thank you for taking part! Press the button below to hand in your work.",
                clock.instant(),
                done()));
    }

    /** Closes the input and shows Done. */
    static ObjectNode done() {
        return Json.object()
                .put("live_update_requested", false)
                .put("respond_with_form", false)
                .put("task_done", true);
    }
}
