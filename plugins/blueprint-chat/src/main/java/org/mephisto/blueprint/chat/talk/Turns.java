package org.mephisto.blueprint.chat.talk;

/** Whose turn it is. Confined to the conversation's thread; told of everything that changes it. */
sealed interface Turns permits FreeTurns, RoundRobinTurns {
    /** Everybody is there. */
    void begin();

    /** Whether what this person sends counts now; else it is kept until it does. */
    boolean maySpeak(PersonSeat person);

    /** Somebody's message was passed on, and the conversation goes on. */
    void spoken(Seat by);

    /** A bot had nothing to say. */
    void passed(BotSeat by);

    /**
     * Somebody's seat is empty.
     *
     * @param following who sat behind them
     */
    void left(Seat who, Seat following);

    /** A bot has taken the place of somebody who left. */
    void replaced(Seat who, BotSeat by);
}
