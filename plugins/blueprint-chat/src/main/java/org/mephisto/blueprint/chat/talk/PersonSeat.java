package org.mephisto.blueprint.chat.talk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.blueprint.AbsentAgentException;
import org.mephisto.spi.blueprint.Agent;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;

/** A person's place: what their page is told, and how long they have been silent. */
final class PersonSeat extends Seat {
    private final Agent agent;
    private final Deque<JsonNode> early = new ArrayDeque<>();
    private @Nullable Instant owesSince;
    private boolean warned;
    private boolean hasForm;
    private boolean formIsStale;

    PersonSeat(Part part, Agent agent) {
        super(part);
        this.agent = agent;
    }

    Agent agent() {
        return agent;
    }

    /** Sends to the page; whoever is gone is told nothing, and their absence is heard elsewhere. */
    void tell(ObjectNode update) {
        try {
            agent.observe(JsonValue.of(update));
        } catch (AbsentAgentException e) {
            // The thread that listens to this person hears it too, and in order.
        }
    }

    void tellState(ObjectNode taskData) {
        if (formIsStale) {
            taskData.put("respond_with_form", false);
            formIsStale = false;
        }
        tell(ChatUpdates.state(taskData));
    }

    /** Opens or closes the input of the person's page, which by itself has nobody wait. */
    void setOpen(boolean open) {
        tellState(Json.object().put("live_update_requested", open));
    }

    /** The page has been given a form, which it keeps until it is told otherwise. */
    void formGiven() {
        hasForm = true;
    }

    /** The person has answered; a form is taken back with what the page is told next. */
    void answered() {
        owesSince = null;
        formIsStale |= hasForm;
        hasForm = false;
    }

    /** Keeps a message for the person's turn, unless so many are kept already. */
    void keep(JsonNode message, int most) {
        if (early.size() < most) {
            early.add(message);
        }
    }

    boolean hasEarly() {
        return !early.isEmpty();
    }

    /** The first of what was kept whose time has come. */
    Optional<JsonNode> takeEarly(Predicate<JsonNode> isDue) {
        Optional<JsonNode> due = early.stream().filter(isDue).findFirst();
        due.ifPresent(early::remove);
        return due;
    }

    /** From now on the others wait for this person; if they did so before, it stays that way. */
    void owe(Instant now) {
        if (owesSince == null) {
            owesSince = now;
            warned = false;
        }
    }

    void owesNothing() {
        owesSince = null;
    }

    /** When something is due for a silent person: first a warning, then the end of patience. */
    Optional<Instant> due(Duration timeout) {
        return Optional.ofNullable(owesSince)
                .map(since -> since.plus(warned ? timeout : timeout.minus(notice(timeout))));
    }

    /** How long before the end the warning comes. */
    static Duration notice(Duration timeout) {
        Duration third = timeout.dividedBy(3);
        Duration most = Duration.ofSeconds(30);
        return third.compareTo(most) < 0 ? third : most;
    }

    /** Whether the person has not been warned yet; they are from now on. */
    boolean warn() {
        boolean first = !warned;
        warned = true;
        return first;
    }
}
