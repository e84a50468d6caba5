package org.mephisto.blueprint.chat.talk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.mephisto.blueprint.chat.form.Forms;
import org.mephisto.spi.blueprint.AbsentAgentException;
import org.mephisto.spi.blueprint.OnboardingAgent;
import org.mephisto.spi.blueprint.OnboardingSession;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;

/**
 * What a worker is asked before their first chat: the {@code text} and the {@code respond_with_form} of the onboarding data, in the shape of
 * a chat's updates. Confined to the onboarding's thread. It says the same in the same order each time it is held, as the host demands of code
 * that it runs again after a restart.
 */
public final class OnboardingTalk {
    /** Where the form stands in the onboarding data. */
    public static final String FORM = "respond_with_form";

    /** What the worker is called, who has no role yet; pages demand a name before the first text. */
    private static final String NAME = "You";

    /** The onboarding's own time ends long before. */
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final OnboardingSession session;
    private final OnboardingAgent agent;
    private final String text;
    private final JsonNode form;

    public OnboardingTalk(OnboardingSession session) {
        this.session = session;
        this.agent = session.agent();
        JsonNode data = session.onboardingData().node();
        this.text = data.path("text").asText().strip();
        this.form = data.path(FORM);
    }

    /**
     * Asks and waits for the answer; call once. Returns at once where there is nothing to ask.
     *
     * @throws AbsentAgentException when the worker is gone, or has been judged meanwhile
     */
    public void hold() throws InterruptedException {
        if (text.isEmpty() && Forms.isNone(form)) {
            return;
        }
        tell(ChatUpdates.state(Json.object().put("agent_display_name", NAME)));
        ask();
        awaitAnswer();
        tell(ChatUpdates.state(Json.object().put("live_update_requested", false).put(FORM, false)));
    }

    private void ask() {
        ObjectNode taskData = Json.object().put("live_update_requested", true);
        if (!Forms.isNone(form)) {
            taskData.set(FORM, form);
        }
        tell(
                text.isEmpty()
                        ? ChatUpdates.state(taskData)
                        : ChatUpdates.text(
                                ChatUpdates.SYSTEM, text, session.clock().instant(), taskData));
    }

    private void awaitAnswer() throws InterruptedException {
        JsonNode sent;
        do {
            sent = agent.act(FOR_EVER).data().node();
        } while (!isAnswer(sent));
    }

    private boolean isAnswer(JsonNode sent) {
        return Forms.isNone(form) ? ChatUpdates.isMessage(sent) : ChatUpdates.isAnsweredForm(sent);
    }

    private void tell(ObjectNode update) {
        agent.observe(JsonValue.of(update));
    }
}
