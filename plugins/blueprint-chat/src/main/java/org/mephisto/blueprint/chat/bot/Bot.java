package org.mephisto.blueprint.chat.bot;

/** Says something when asked. Thread-safe. */
@FunctionalInterface
public interface Bot {
    /**
     * Blocks until the bot has answered; on a virtual thread.
     *
     * @throws BotException when it has not, after all that was worth trying
     */
    BotAnswer answer(BotQuestion question) throws BotException, InterruptedException;
}
