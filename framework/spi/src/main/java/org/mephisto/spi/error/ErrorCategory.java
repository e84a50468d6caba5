package org.mephisto.spi.error;

/** Who can do something about an error. */
public enum ErrorCategory {
    /** The user gave something that cannot be used; the message says what to change. */
    USER,
    /** Trying again later may succeed with nothing changed. */
    TRANSIENT,
    /** A plugin, a crowd provider or another outside system failed. */
    EXTERNAL,
    /** A defect of ours. */
    INTERNAL
}
