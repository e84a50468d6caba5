package org.mephisto.blueprint.chat.talk;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
    public ConversationRules {
        finalForm = List.copyOf(finalForm);
    }
}
