package org.mephisto.blueprint.chat.bot;

/** Never answers. */
public final class FailingBot implements Bot {
    @Override
    public BotAnswer answer(BotQuestion question) throws BotException {
        throw new BotException("out of order", false);
    }
}
