package org.mephisto.blueprint.chat.talk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A place at the table, and who has it. Confined to the conversation's thread. */
abstract sealed class Seat permits PersonSeat, BotSeat {
    private final Part part;

    Seat(Part part) {
        this.part = part;
    }

    /** What the others see as the name. */
    final String name() {
        return part.name();
    }

    final Part part() {
        return part;
    }

    final Optional<String> role() {
        return part.role();
    }

    final ObjectNode context() {
        return part.context();
    }
}
