package org.mephisto.blueprint.chat.bot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What a bot is asked: what comes next?
 *
 * @param messages all that was said, in order
 * @param name the bot's own, as it stands in the messages
 * @param context what the bot's role knows
 */
public record BotQuestion(List<ChatMessage> messages, String name, Optional<String> role, JsonNode context) {
    public BotQuestion {
        messages = List.copyOf(messages);
        context = context.<ObjectNode>deepCopy();
    }
}
