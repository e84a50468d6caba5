package org.mephisto.blueprint.chat.talk;

import org.mephisto.blueprint.chat.bot.Bot;

/** A bot's place. */
final class BotSeat extends Seat {
    private final Bot bot;
    private boolean thinking;
    private boolean addressedMeanwhile;

    BotSeat(Part part, Bot bot) {
        super(part);
        this.bot = bot;
    }

    Bot bot() {
        return bot;
    }

    /** Whether it is to be asked now; one that is thinking already is asked again afterwards. */
    boolean startThinking() {
        if (thinking) {
            addressedMeanwhile = true;
            return false;
        }
        thinking = true;
        return true;
    }

    /** The bot has answered. Whether it is to be asked again, as something was said meanwhile. */
    boolean stopThinking() {
        thinking = false;
        boolean again = addressedMeanwhile;
        addressedMeanwhile = false;
        return again;
    }
}
