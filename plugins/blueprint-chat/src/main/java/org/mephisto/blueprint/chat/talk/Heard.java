package org.mephisto.blueprint.chat.talk;

import com.fasterxml.jackson.databind.JsonNode;
import org.mephisto.blueprint.chat.bot.BotAnswer;
import org.mephisto.spi.blueprint.AbsentAgentException;

/** Something that happened around the table. */
sealed interface Heard {
    /** A person's page sent something. */
    record Sent(PersonSeat by, JsonNode data) implements Heard {}

    /** A person is no longer there. */
    record Left(PersonSeat who, AbsentAgentException absence) implements Heard {}

    /** A person has handed in their work, so nothing more comes from them. */
    record Submitted(PersonSeat who) implements Heard {}

    /** A bot has answered. */
    record Answered(BotSeat by, BotAnswer answer) implements Heard {}

    /** A bot has not, after all that was worth trying. */
    record Failed(BotSeat who, String why) implements Heard {}

    /** Listening itself failed: a defect of ours or of the host. */
    record Broken(RuntimeException why) implements Heard {}
}
