package org.mephisto.blueprint.chat.form;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mephisto.blueprint.chat.form.FormQuestion.Kind;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.json.Json;

/** What is wrong with a form before a page gets it: pages break on what they cannot draw. */
public final class Forms {
    private static final int SHOWN_LENGTH = 80;

    private Forms() {}

    /** Whether {@code respond_with_form} says that there is none, as pages are told it: absent, null, false or an empty list. */
    public static boolean isNone(JsonNode form) {
        boolean isOff = form.isBoolean() && !form.booleanValue();
        return isOff || form.isMissingNode() || form.isNull() || (form.isArray() && form.isEmpty());
    }

    /**
     * What is wrong with a form of the shape {@code [{type, question, choices?}]}; nothing for a good one.
     *
     * @param path where it stands, which each problem's path begins with
     */
    public static List<Problem> problems(JsonNode form, String path) {
        if (!form.isArray() || form.isEmpty()) {
            return List.of(new Problem(
                    path, shown(form) + " is not a list of questions. Write it as" + " [{type, question}]."));
        }
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < form.size(); i++) {
            checkQuestion(form.get(i), path + "[" + i + "]", problems);
        }
        return problems;
    }

    private static void checkQuestion(JsonNode question, String path, List<Problem> problems) {
        Optional<Kind> kind = Arrays.stream(Kind.values())
                .filter(each -> each.word().equals(question.path("type").textValue()))
                .findFirst();
        if (!question.isObject()) {
            problems.add(new Problem(path, shown(question) + " is not a question. Write it as {type, question}."));
        } else if (kind.isEmpty()) {
            problems.add(new Problem(
                    path + ".type",
                    shown(question.path("type")) + " is not a kind of question. Use \"choices\" or \"text\"."));
        } else if (!isPlain(question.path("question"))) {
            problems.add(new Problem(
                    path + ".question",
                    shown(question.path("question")) + " is no question. Say what people are asked."));
        } else if (!areChoices(question.path("choices"))) {
            problems.add(new Problem(
                    path + ".choices",
                    shown(question.path("choices")) + " is not a list of texts. Give the answers to choose from."));
        } else {
            problems.addAll(read(kind.get(), question).problems(path));
        }
    }

    private static FormQuestion read(Kind kind, JsonNode question) {
        List<String> choices =
                question.path("choices").valueStream().map(JsonNode::asText).toList();
        return new FormQuestion(kind, question.path("question").asText(), choices);
    }

    private static boolean areChoices(JsonNode choices) {
        boolean isList = choices.isArray() && choices.valueStream().allMatch(Forms::isPlain);
        return isList || choices.isMissingNode() || choices.isNull();
    }

    /** Whether a page can write it as it is. */
    private static boolean isPlain(JsonNode value) {
        return value.isTextual() || value.isNumber();
    }

    private static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "\"\"";
        }
        String text = value.isTextual() ? value.textValue() : Json.write(value);
        return "\"" + (text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH - 1) + "…") + "\"";
    }
}
