package org.mephisto.blueprint.chat.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mephisto.spi.config.Option;
import org.mephisto.spi.config.Problem;
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
        TEXT;

        /** As pages and options write it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is wrong with the question, which stands at this path. */
    public List<Problem> problems(String path) {
        List<Problem> problems = new ArrayList<>();
        if (question.isBlank()) {
            problems.add(new Problem(path + ".question", "\"\" is no question. Say what people are asked."));
        }
        if (type == Kind.CHOICES && choices.isEmpty()) {
            problems.add(
                    new Problem(path + ".choices", "missing. Give the answers to choose from, or use type: text."));
        }
        return problems;
    }

    /** As pages read it. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("type", type.word()).put("question", question);
        if (type == Kind.CHOICES) {
            json.set("choices", Json.toNode(choices));
        }
        return json;
    }
}
