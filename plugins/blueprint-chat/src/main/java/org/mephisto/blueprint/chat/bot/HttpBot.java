package org.mephisto.blueprint.chat.bot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.mephisto.blueprint.chat.form.Forms;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bot behind an endpoint of one's own: {@code {messages, name, role, context}} is answered by {@code {text, respond_with_form?}}. A form
 * that pages cannot draw is left out.
 *
 * @param warned names of the bots whose forms have been complained of, which all bots of a run share; thread-safe
 */
record HttpBot(BotEndpoint endpoint, Set<String> warned) implements Bot {
    private static final Logger LOG = LoggerFactory.getLogger(HttpBot.class);
    private static final String FORM = "respond_with_form";

    @Override
    public BotAnswer answer(BotQuestion question) throws BotException, InterruptedException {
        ObjectNode body = Json.object();
        body.set("messages", Json.toNode(question.messages()));
        body.put("name", question.name());
        body.put("role", question.role().orElse(null));
        body.set("context", question.context());
        JsonNode answer = endpoint.post(body);
        if (!answer.path("text").isTextual()) {
            throw endpoint.unreadable("\"text\", the message to show");
        }
        return new BotAnswer(answer.path("text").textValue().strip(), form(answer.path(FORM), question.name()));
    }

    private JsonNode form(JsonNode given, String name) {
        if (Forms.isNone(given)) {
            return Json.array();
        }
        List<Problem> problems = Forms.problems(given, FORM);
        if (problems.isEmpty()) {
            return given;
        }
        if (warned.add(name)) {
            LOG.warn(
                    "The bot \"{}\" at {} asks with a form that pages cannot show, so only its text is shown; this is said once. {}",
                    name,
                    endpoint.shown(),
                    problems.getFirst());
        }
        return Json.array();
    }
}
