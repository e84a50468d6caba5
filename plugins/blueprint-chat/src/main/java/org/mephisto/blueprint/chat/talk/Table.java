package org.mephisto.blueprint.chat.talk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Who sits where. Confined to the conversation's thread. */
final class Table {
    private final List<Seat> seats = new ArrayList<>();

    /** All seats, in order; what is done to the list is done to the table. */
    List<Seat> seats() {
        return seats;
    }

    List<PersonSeat> people() {
        return seats.stream()
                .filter(PersonSeat.class::isInstance)
                .map(PersonSeat.class::cast)
                .toList();
    }

    /** Who sits behind somebody, round the table. */
    Seat following(Seat seat) {
        return seats.get((seats.indexOf(seat) + 1) % seats.size());
    }

    boolean hasName(String name) {
        return seats.stream().anyMatch(seat -> seat.name().equals(name));
    }

    void tellAll(ObjectNode update) {
        people().forEach(person -> person.tell(update));
    }

    void tellOthers(Seat than, ObjectNode update) {
        people().stream().filter(person -> person != than).forEach(person -> person.tell(update));
    }
}
