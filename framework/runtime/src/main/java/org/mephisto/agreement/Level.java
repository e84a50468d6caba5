package org.mephisto.agreement;

/** What the values of a field mean beside each other. */
public enum Level {
    /** Names: the same or not. */
    NOMINAL,
    /** Ranks: more or less, but not by how much. */
    ORDINAL,
    /** Numbers, whose differences mean something. */
    INTERVAL
}
