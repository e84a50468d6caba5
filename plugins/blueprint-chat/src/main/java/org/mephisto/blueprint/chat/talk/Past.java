package org.mephisto.blueprint.chat.talk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mephisto.blueprint.chat.bot.BotAnswer;
import org.mephisto.spi.blueprint.LiveUpdate;

/**
 * What an earlier process had said in this conversation before it was killed; nothing for a new one. The host plays what people sent to the
 * code again, and holds back as many updates to each page as it had been sent. So the conversation must take the same course again, and
 * whatever does not follow from people's messages alone is repeated from here: who spoke when, who left when, what bots answered, that one
 * failed, and reminders that came by the clock. Messages are counted from 1. Confined to the conversation's thread.
 */
final class Past {
    private final Map<PersonSeat, List<JsonNode>> reminders = new HashMap<>();
    /** All messages that anybody else had heard. */
    private final NavigableMap<Integer, JsonNode> messages = new TreeMap<>();

    private final Map<String, Deque<JsonNode>> answers = new HashMap<>();
    private final Map<String, JsonNode> failures = new HashMap<>();
    /** After how many messages somebody had left, until they leave again. */
    private final Map<String, Integer> left = new HashMap<>();
    /** Answers that bots have been asked for again, with the number that they had. */
    private final List<Owed> owed = new ArrayList<>();
    /** Who has gone at a time that has not come again. */
    private final List<Departure> departures = new ArrayList<>();

    private boolean wasClosed;

    private record Owed(int number, Heard heard) {}

    private record Departure(PersonSeat who, Heard heard) {}

    static Past of(List<PersonSeat> people) {
        Past past = new Past();
        for (PersonSeat person : people) {
            List<JsonNode> told = person.agent().state().updates().stream()
                    .filter(update -> !update.fromWorker())
                    .map(LiveUpdate::data)
                    .map(data -> data.node())
                    .toList();
            told.forEach(past::add);
            past.reminders.put(
                    person,
                    told.stream()
                            .filter(update -> update.path(ChatUpdates.REMINDER).asBoolean())
                            .toList());
        }
        past.messages
                .values()
                .forEach(update -> past.answers
                        .computeIfAbsent(update.path("id").asText(), name -> new ArrayDeque<>())
                        .add(update));
        return past;
    }

    private void add(JsonNode update) {
        if (update.has(ChatUpdates.NUMBER)) {
            messages.put(update.path(ChatUpdates.NUMBER).asInt(), update);
        } else if (update.has(ChatUpdates.FAILED_BOT)) {
            failures.put(update.path(ChatUpdates.FAILED_BOT).asText(), update);
        } else if (update.has(ChatUpdates.LEFT)) {
            left.put(
                    update.path(ChatUpdates.LEFT).asText(),
                    update.path(ChatUpdates.AFTER).asInt());
        } else if (update.path("id").asText().equals(ChatUpdates.SYSTEM)) {
            JsonNode state = update.path("task_data");
            wasClosed |= state.path("task_done").asBoolean()
                    || state.path("respond_with_form").isArray();
        }
    }

    /** Reminds people again, which the host holds back. */
    void repeatReminders() {
        reminders.forEach((person, updates) -> updates.forEach(update -> person.tell(update.deepCopy())));
    }

    /**
     * Whether the bot had been asked before; then what came of it is heard when its time has come.
     *
     * @param waitedFor whether nobody speaks before the bot has answered or passed
     */
    boolean answers(BotSeat bot, int said, boolean waitedFor) {
        if (waitedFor && hadPassed(bot, said)) {
            owed.add(new Owed(said + 1, new Heard.Answered(bot, BotAnswer.of(""))));
            return true;
        }
        Deque<JsonNode> given = answers.getOrDefault(bot.name(), new ArrayDeque<>());
        JsonNode answer = given.poll();
        if (answer != null) {
            BotAnswer same = new BotAnswer(answer.path("text").asText(), answer.at("/task_data/respond_with_form"));
            owed.add(new Owed(answer.path(ChatUpdates.NUMBER).asInt(), new Heard.Answered(bot, same)));
            return true;
        }
        JsonNode failure = failures.remove(bot.name());
        if (failure != null) {
            int next = failure.path(ChatUpdates.AFTER).asInt() + 1;
            owed.add(new Owed(next, new Heard.Failed(bot, "it had failed before the run was taken up again")));
        }
        return failure != null;
    }

    /** Whether others had gone on after so many messages, which were waiting for the bot: it had nothing to say. */
    private boolean hadPassed(BotSeat bot, int said) {
        JsonNode failure = failures.get(bot.name());
        boolean hadFailed = failure != null && failure.path(ChatUpdates.AFTER).asInt() == said;
        return messages.higherKey(said) != null && !bot.name().equals(speaker(said)) && !hadFailed;
    }

    /** Whether it is not known that somebody else had been next, so that what the person sends counts now; else it must be kept. */
    boolean mayBeNext(PersonSeat person, int said, Collection<Seat> seats) {
        if (left.values().stream().anyMatch(after -> after <= said)) {
            return false;
        }
        String speaker = speaker(said);
        return speaker == null
                || speaker.equals(person.name())
                || seats.stream().noneMatch(seat -> seat instanceof PersonSeat && speaker.equals(seat.name()));
    }

    private @Nullable String speaker(int said) {
        JsonNode next = messages.get(said + 1);
        return next == null ? null : next.path("id").asText();
    }

    /** Takes somebody's end that has come too early; whether it did. */
    boolean holdsBack(Heard heard, int said) {
        return switch (heard) {
            case Heard.Left gone -> holdsBack(gone.who(), heard, said);
            case Heard.Submitted gone -> holdsBack(gone.who(), heard, said);
            case Heard.Sent sent -> false;
            case Heard.Answered answered -> false;
            case Heard.Failed failed -> false;
            case Heard.Broken broken -> false;
        };
    }

    private boolean holdsBack(PersonSeat who, Heard heard, int said) {
        if (isTimeToGo(who, said)) {
            left.remove(who.name());
            return false;
        }
        departures.add(new Departure(who, heard));
        return true;
    }

    /** Who had left at no known time did so after all that is known, and when the conversation was over then, after its end. */
    private boolean isTimeToGo(PersonSeat who, int said) {
        Integer after = left.get(who.name());
        return after != null ? after <= said : !wasClosed && !messages.containsKey(said + 1);
    }

    /** What had come next, and does not come by itself. */
    Optional<Heard> next(int said) {
        for (Iterator<Owed> each = owed.iterator(); each.hasNext(); ) {
            Owed answer = each.next();
            if (answer.number() <= said + 1) {
                each.remove();
                return Optional.of(answer.heard());
            }
        }
        for (Iterator<Departure> each = departures.iterator(); each.hasNext(); ) {
            Departure departure = each.next();
            if (departure.who().name().equals(speaker(said)) && !departure.who().hasEarly()) {
                // All that they have sent has been heard: the course is another one than before.
                forgetOrder();
            }
            if (isTimeToGo(departure.who(), said)) {
                each.remove();
                left.remove(departure.who().name());
                return Optional.of(departure.heard());
            }
        }
        return Optional.empty();
    }

    private void forgetOrder() {
        messages.clear();
        left.clear();
        wasClosed = false;
    }

    /** The conversation is over: whose end was held back, is gone now. */
    List<Heard> rest() {
        return departures.stream().map(Departure::heard).toList();
    }
}
