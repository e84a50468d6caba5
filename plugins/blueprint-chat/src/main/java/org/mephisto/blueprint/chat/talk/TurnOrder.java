package org.mephisto.blueprint.chat.talk;

/** Who may write when. */
public enum TurnOrder {
    /** Everybody, at any time; bots answer each message of a person. */
    FREE,
    /** One after the other: people in the order of their units, then bots as configured. */
    ROUND_ROBIN
}
