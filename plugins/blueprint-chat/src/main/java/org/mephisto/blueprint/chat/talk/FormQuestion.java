package org.mephisto.blueprint.chat.talk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.mephisto.spi.config.Option;
import org.mephisto.spi.json.Json;

/** A question of a form within the chat. */
public record FormQuestion(
        @Option(help = "choices: one of a list; text: a line of text.")
        Kind type,

        @Option(help = "The question.") String question,

        @Option(help = "What there is to choose from, with type choices.")
        List<String> choices) {
    /** How it is answered. */
    public enum Kind {
        CHOICES,
        TEXT
    }

    /** As pages read it. */
    ObjectNode toJson() {
        ObjectNode json =
                Json.object().put("type", type.name().toLowerCase(Locale.ROOT)).put("question", question);
        if (type == Kind.CHOICES) {
            json.set("choices", Json.toNode(choices));
        }
        return json;
    }
}
