package org.mephisto.store.sql;

import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/** How long the texts may be that stand in keys and indexes; the same on every engine, though SQLite would take any length. */
enum TextLimit {
    /** Types, statuses, secrets. */
    WORD(64),
    NAME(255),
    /** Keys that others make up: registrations, items of a provider. */
    KEY(512);

    private final int characters;

    TextLimit(int characters) {
        this.characters = characters;
    }

    int characters() {
        return characters;
    }

    /** The value itself, when it is short enough. The message does not repeat it: it may be a worker's name. */
    String check(String what, String value) {
        if (value.length() > characters) {
            throw new MephistoException(
                    ErrorCode.INVALID_INPUT,
                    "The " + what + " has " + value.length() + " characters; at most " + characters
                            + " can be stored. Use a shorter one.");
        }
        return value;
    }
}
