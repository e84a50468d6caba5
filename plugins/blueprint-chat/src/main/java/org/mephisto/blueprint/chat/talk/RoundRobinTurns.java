package org.mephisto.blueprint.chat.talk;

import org.jspecify.annotations.Nullable;

/** One after the other, round the table. */
final class RoundRobinTurns implements Turns {
    private final Floor floor;
    private @Nullable Seat current;

    RoundRobinTurns(Floor floor) {
        this.floor = floor;
    }

    @Override
    public void begin() {
        floor.table().people().forEach(person -> person.setOpen(false));
        give(floor.table().seats().getFirst());
    }

    @Override
    public boolean maySpeak(PersonSeat person) {
        return person == current;
    }

    @Override
    public void spoken(Seat by) {
        if (by instanceof PersonSeat person) {
            person.setOpen(false);
        }
        passOn(by);
    }

    @Override
    public void passed(BotSeat by) {
        passOn(by);
    }

    private void passOn(Seat by) {
        if (by == current) {
            give(floor.table().following(by));
        }
    }

    @Override
    public void left(Seat who, Seat following) {
        if (who == current) {
            give(following);
        }
    }

    @Override
    public void replaced(Seat who, BotSeat by) {
        if (who == current) {
            give(by);
        }
    }

    private void give(Seat seat) {
        current = seat;
        switch (seat) {
            case PersonSeat person -> floor.give(person);
            case BotSeat bot -> floor.ask(bot);
        }
    }
}
