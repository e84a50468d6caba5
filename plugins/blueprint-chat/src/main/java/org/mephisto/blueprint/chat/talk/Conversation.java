package org.mephisto.blueprint.chat.talk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mephisto.blueprint.chat.bot.Bot;
import org.mephisto.blueprint.chat.bot.BotAnswer;
import org.mephisto.blueprint.chat.bot.BotQuestion;
import org.mephisto.blueprint.chat.bot.ChatMessage;
import org.mephisto.blueprint.chat.talk.PartnerLeftConfig.Action;
import org.mephisto.spi.blueprint.AbsentAgentException;
import org.mephisto.spi.blueprint.Agent;
import org.mephisto.spi.blueprint.AgentShutdownException;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One conversation, from its first message to the Done button: a loop that takes what {@link Hearing} heard, one thing after the other, tells
 * the pages, and asks {@link Turns} who is next. Confined to the assignment's thread.
 *
 * <p>It ends after {@code max_turns} messages, when somebody ends it, when somebody leaves (unless it may go on without them), or when a bot
 * fails and nobody else is there to talk with. At the end each person may get a form, then Done.
 */
public final class Conversation implements Floor {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    private final ConversationRules rules;
    private final Optional<StandIn> standIn;
    private final InstantSource clock;
    private final Hearing hearing = new Hearing();
    private final Table table = new Table();
    private final List<ChatMessage> messages = new ArrayList<>();
    private final List<String> flags = new ArrayList<>();
    private final Turns turns;
    private Past past = new Past();
    private boolean ended;

    public Conversation(ConversationRules rules, Optional<StandIn> standIn, InstantSource clock) {
        this.rules = rules;
        this.standIn = standIn;
        this.clock = clock;
        this.turns = switch (rules.turnOrder()) {
            case FREE -> new FreeTurns(this);
            case ROUND_ROBIN -> new RoundRobinTurns(this);
        };
    }

    /** Seats a person; before {@link #hold}. */
    public void seat(Part part, Agent agent) {
        table.seats().add(new PersonSeat(part, agent));
    }

    /** Seats a bot; before {@link #hold}, and behind all people. */
    public void seat(Part part, Bot bot) {
        table.seats().add(new BotSeat(part, bot));
    }

    /**
     * Holds the conversation; call once. Returns when each person who is still there sees Done.
     *
     * @throws AbsentAgentException when somebody has left and the conversation does not go on without them; the others have been told
     */
    public UnitOutcome hold() throws InterruptedException {
        past = Past.of(table.people());
        try (hearing) {
            for (PersonSeat person : table.people()) {
                person.tellState(Json.object().put("agent_display_name", person.name()));
                hearing.begin(person);
            }
            past.repeatReminders();
            turns.begin();
            while (!isOver()) {
                happened(next());
            }
            past.rest().forEach(hearing::add);
            new Closing(rules, hearing, clock).hold(table.people());
        }
        return new UnitOutcome(flags);
    }

    private boolean isOver() {
        return ended || (rules.maxTurns() > 0 && messages.size() >= rules.maxTurns());
    }

    /** What happened next; empty when nothing did until something was due for a silent person. */
    private Optional<Heard> next() throws InterruptedException {
        while (true) {
            Optional<Heard> known = past.next(messages.size()).or(this::early);
            if (known.isPresent()) {
                return known;
            }
            Optional<Heard> heard = Patience.next(rules.turnTimeout(), table.people(), hearing, clock);
            if (heard.isEmpty() || !past.holdsBack(heard.get(), messages.size())) {
                return heard;
            }
        }
    }

    private Optional<Heard> early() {
        for (PersonSeat person : table.people()) {
            Optional<JsonNode> early = mayBeNext(person)
                    ? person.takeEarly(data -> turns.maySpeak(person) || ends(data))
                    : Optional.empty();
            if (early.isPresent()) {
                return Optional.of(new Heard.Sent(person, early.get()));
            }
        }
        return Optional.empty();
    }

    private boolean mayBeNext(PersonSeat person) {
        return past.mayBeNext(person, messages.size(), table.seats());
    }

    /** Whether it ends the chat, which nobody needs their turn for. */
    private boolean ends(JsonNode data) {
        return rules.peopleMayEnd() && data.path("episode_done").asBoolean();
    }

    private void happened(Optional<Heard> what) throws InterruptedException {
        if (what.isEmpty()) {
            Patience.lose(rules.turnTimeout().orElseThrow(), table.people(), hearing, clock);
            return;
        }
        switch (what.get()) {
            case Heard.Sent sent -> sent(sent.by(), sent.data());
            case Heard.Left left -> left(left.who(), left.absence());
            case Heard.Submitted submitted -> submitted(submitted.who());
            case Heard.Answered answered -> answered(answered.by(), answered.answer());
            case Heard.Failed failed -> failed(failed.who(), failed.why());
            case Heard.Broken broken -> throw broken.why();
        }
    }

    private void sent(PersonSeat by, JsonNode data) {
        if (!mayBeNext(by)) {
            by.keep(data, rules.mostKept());
            return;
        }
        if (ChatUpdates.isMessage(data) && !turns.maySpeak(by)) {
            by.keep(data, rules.mostKept());
        } else if (ChatUpdates.isMessage(data)) {
            by.answered();
            say(by, data.path("text").asText(), ChatUpdates.passedOn(by.name(), data, clock.instant()), !ends(data));
        }
        if (ends(data)) {
            table.tellOthers(by, system(by.name() + " has ended the chat."));
            ended = true;
        }
    }

    private void answered(BotSeat by, BotAnswer answer) {
        boolean askedAgain = by.stopThinking();
        if (!table.seats().contains(by)) {
            return;
        }
        if (answer.text().isEmpty() && answer.form().isEmpty()) {
            turns.passed(by);
        } else {
            ObjectNode update = ChatUpdates.text(by.name(), answer.text(), clock.instant());
            if (!answer.form().isEmpty()) {
                update.set("task_data", Json.object().set("respond_with_form", answer.form()));
                table.people().forEach(PersonSeat::formGiven);
            }
            say(by, answer.text(), update, true);
        }
        if (askedAgain && !isOver()) {
            ask(by);
        }
    }

    private void say(Seat by, String text, ObjectNode update, boolean goesOn) {
        messages.add(new ChatMessage(by.name(), text, update.path("timestamp").asDouble()));
        update.put(ChatUpdates.NUMBER, messages.size());
        table.tellOthers(by, update);
        if (goesOn && !isOver()) {
            turns.spoken(by);
        }
    }

    private void failed(BotSeat who, String why) {
        LOG.warn("The bot \"{}\" leaves a chat: {}.", who.name(), why);
        if (!table.seats().contains(who)) {
            return;
        }
        flags.add("The bot \"" + who.name() + "\" failed after " + messages.size() + " messages.");
        Seat following = table.following(who);
        table.seats().remove(who);
        boolean goesOn = table.seats().size() > 1;
        String then = goesOn ? ". The chat goes on without it." : ", so the chat ends here.";
        table.tellAll(system(who.name() + " cannot answer any more" + then)
                .put(ChatUpdates.FAILED_BOT, who.name())
                .put(ChatUpdates.AFTER, messages.size()));
        if (goesOn) {
            turns.left(who, following);
        } else {
            ended = true;
        }
    }

    private void left(PersonSeat who, AbsentAgentException absence) {
        if (absence instanceof AgentShutdownException) {
            throw absence;
        }
        if (!table.seats().contains(who)) {
            return;
        }
        flags.add(who.name() + " left after " + messages.size() + " messages.");
        if (!goesOnWithout(who)) {
            ObjectNode end = farewell(
                    who, " has left, so the chat ends here. Thank you for your part in it: it is paid all the same.");
            end.set("task_data", Closing.done());
            table.tellAll(end);
            throw absence;
        }
    }

    /** A page that hands in before the end has left, but nothing is wrong with that: the others go on, or are done too. */
    private void submitted(PersonSeat who) {
        if (table.seats().contains(who) && !goesOnWithout(who)) {
            table.tellAll(farewell(who, " has finished, so the chat ends here."));
            ended = true;
        }
    }

    /** Empties the seat; whether the conversation goes on. */
    private boolean goesOnWithout(PersonSeat who) {
        int place = table.seats().indexOf(who);
        Seat following = table.following(who);
        table.seats().remove(place);
        boolean othersCanTalk = !table.people().isEmpty() && table.seats().size() > 1;
        if (rules.onPartnerLeft() == Action.BOT && !table.people().isEmpty() && standIn.isPresent()) {
            fillIn(who, place, standIn.get());
            return true;
        }
        if (rules.onPartnerLeft() == Action.CONTINUE && othersCanTalk) {
            table.tellAll(farewell(who, " has left. The chat goes on without them."));
            turns.left(who, following);
            return true;
        }
        return false;
    }

    private void fillIn(PersonSeat who, int place, StandIn bot) {
        String name = table.hasName(bot.name()) ? bot.name() + " (" + who.name() + ")" : bot.name();
        BotSeat seat = new BotSeat(who.part().as(name), bot.bot());
        table.seats().add(place, seat);
        table.tellAll(farewell(who, " has left. " + seat.name() + ", a bot, takes their place."));
        turns.replaced(who, seat);
    }

    /** Says of somebody who is no longer seated what has become of them, and when. */
    private ObjectNode farewell(PersonSeat who, String text) {
        return system(who.name() + text).put(ChatUpdates.LEFT, who.name()).put(ChatUpdates.AFTER, messages.size());
    }

    private ObjectNode system(String text) {
        return ChatUpdates.text(ChatUpdates.SYSTEM, text, clock.instant());
    }

    @Override
    public Table table() {
        return table;
    }

    @Override
    public void give(PersonSeat person) {
        person.setOpen(true);
        expect(person);
    }

    @Override
    public void expect(PersonSeat person) {
        person.owe(clock.instant());
    }

    @Override
    public void ask(BotSeat bot) {
        boolean waitedFor = rules.turnOrder() == TurnOrder.ROUND_ROBIN;
        if (bot.startThinking() && !past.answers(bot, messages.size(), waitedFor)) {
            hearing.ask(bot, new BotQuestion(messages, bot.name(), bot.role(), bot.context()));
        }
    }

    @Override
    public boolean isUnanswered(Seat by) {
        return !messages.isEmpty() && !messages.getLast().id().equals(by.name());
    }
}
