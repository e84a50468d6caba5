package org.mephisto.blueprint.chat.bot;

import java.util.Objects;

/** A bot did not answer, or not in a way that can be read. The message says why, without what was said in the chat. */
public final class BotException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean isWorthASecondTry;

    BotException(String message, boolean isWorthASecondTry, Throwable cause) {
        super(message, cause);
        this.isWorthASecondTry = isWorthASecondTry;
    }

    BotException(String message, boolean isWorthASecondTry) {
        super(message);
        this.isWorthASecondTry = isWorthASecondTry;
    }

    /** The message; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    boolean isWorthASecondTry() {
        return isWorthASecondTry;
    }
}
