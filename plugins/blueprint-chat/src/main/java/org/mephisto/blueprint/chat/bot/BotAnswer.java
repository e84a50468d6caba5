package org.mephisto.blueprint.chat.bot;

import com.fasterxml.jackson.databind.JsonNode;
import org.mephisto.spi.json.Json;

/**
 * What a bot says.
 *
 * @param text empty when it has nothing to say
 * @param form what people are asked to fill in as their answer, a list like {@code final_form}; empty for none
 */
public record BotAnswer(String text, JsonNode form) {
    /** Words only. */
    public static BotAnswer of(String text) {
        return new BotAnswer(text, Json.array());
    }
}
