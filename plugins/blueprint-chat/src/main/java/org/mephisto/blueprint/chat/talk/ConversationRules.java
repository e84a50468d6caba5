package org.mephisto.blueprint.chat.talk;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mephisto.blueprint.chat.form.FormQuestion;

/**
 * What holds for every conversation of a run.
 *
 * @param maxTurns messages in all after which the chat ends; 0 for no end
 * @param turnTimeout how long somebody whose turn it is may be silent; empty for as long as they like
 * @param peopleMayEnd whether a person may end the chat, by a message with {@code episode_done: true}
 * @param finalForm what each person is asked at the end
 */
public record ConversationRules(
        TurnOrder turnOrder,
        int maxTurns,
        Optional<Duration> turnTimeout,
        PartnerLeftConfig.Action onPartnerLeft,
        boolean peopleMayEnd,
        List<FormQuestion> finalForm) {
    /** Messages that are kept for a person's turn where the chat has no set end; more than these are a flood. */
    private static final int MOST_KEPT_WITHOUT_END = 1_000;

    public ConversationRules {
        finalForm = List.copyOf(finalForm);
    }

    /** How many messages are kept for a person's turn. */
    int mostKept() {
        return maxTurns > 0 ? maxTurns : MOST_KEPT_WITHOUT_END;
    }
}
