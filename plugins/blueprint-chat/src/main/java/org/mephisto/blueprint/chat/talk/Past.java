package org.mephisto.blueprint.chat.talk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mephisto.blueprint.chat.bot.BotAnswer;
import org.mephisto.spi.blueprint.LiveUpdate;

/**
 * What an earlier process had said in this conversation before it was killed; nothing for a new one. The host plays what people sent to the
 * code again, and holds back as many updates to each page as it had been sent. So whatever does not follow from people's messages alone is
 * repeated from here: what bots answered, that one failed, and reminders that came by the clock. Confined to the conversation's thread.
 */
final class Past {
    private final Map<PersonSeat, List<JsonNode>> reminders = new HashMap<>();
    private final Map<String, Deque<JsonNode>> byBot = new HashMap<>();

    static Past of(List<PersonSeat> people) {
        Past past = new Past();
        for (PersonSeat person : people) {
            List<JsonNode> said = person.agent().state().updates().stream()
                    .filter(update -> !update.fromWorker())
                    .map(LiveUpdate::data)
                    .map(data -> data.node())
                    .toList();
            past.reminders.put(
                    person,
                    said.stream()
                            .filter(update -> update.path(ChatUpdates.REMINDER).asBoolean())
                            .toList());
            if (person == people.getFirst()) {
                said.stream()
                        .filter(update -> !speaker(update).isEmpty())
                        .forEach(update -> past.byBot
                                .computeIfAbsent(speaker(update), name -> new ArrayDeque<>())
                                .add(update));
            }
        }
        return past;
    }

    /** The bot that the update is about: the one that failed, else whoever speaks in it. */
    private static String speaker(JsonNode update) {
        return update.path(ChatUpdates.FAILED_BOT).asText(update.path("id").asText());
    }

    /** Reminds people again, which the host holds back. */
    void repeatReminders() {
        reminders.forEach(
                (person, updates) -> new ArrayList<>(updates).forEach(update -> person.tell(update.deepCopy())));
    }

    /** What came of asking this bot then. */
    Optional<Heard> answerOf(BotSeat bot) {
        return Optional.ofNullable(byBot.get(bot.name())).map(Deque::poll).map(update -> {
            if (update.has(ChatUpdates.FAILED_BOT)) {
                return new Heard.Failed(bot, "it had failed before the run was taken up again");
            }
            return new Heard.Answered(
                    bot, new BotAnswer(update.path("text").asText(), update.at("/task_data/respond_with_form")));
        });
    }
}
