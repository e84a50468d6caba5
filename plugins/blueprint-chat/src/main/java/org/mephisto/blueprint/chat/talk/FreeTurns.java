package org.mephisto.blueprint.chat.talk;

/** Everybody writes when they like. Bots answer people only, so that two of them do not talk for ever. */
record FreeTurns(Floor floor) implements Turns {
    @Override
    public void begin() {
        floor.table().people().forEach(floor::give);
    }

    @Override
    public boolean maySpeak(PersonSeat person) {
        return true;
    }

    @Override
    public void spoken(Seat by) {
        for (Seat seat : floor.table().seats()) {
            switch (seat) {
                case PersonSeat person -> {
                    if (person == by) {
                        // Pages close their input when they send.
                        person.setOpen(true);
                    } else {
                        floor.expect(person);
                    }
                }
                case BotSeat bot -> {
                    if (by instanceof PersonSeat) {
                        floor.ask(bot);
                    }
                }
            }
        }
    }

    @Override
    public void passed(BotSeat by) {}

    @Override
    public void left(Seat who, Seat following) {}

    @Override
    public void replaced(Seat who, BotSeat by) {
        if (floor.isUnanswered(who)) {
            floor.ask(by);
        }
    }
}
