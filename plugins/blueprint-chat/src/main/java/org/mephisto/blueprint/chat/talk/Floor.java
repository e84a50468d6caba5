package org.mephisto.blueprint.chat.talk;

/** What {@link Turns} need of the conversation. */
interface Floor {
    /** Who is there, in order. */
    Table table();

    /** Opens a person's input: the others wait for them from now on. */
    void give(PersonSeat person);

    /** The others wait for this person, whose input is open. */
    void expect(PersonSeat person);

    /** Asks a bot for its next message. */
    void ask(BotSeat bot);

    /** Whether the last message is somebody else's, and there is one. */
    boolean isUnanswered(Seat by);
}
