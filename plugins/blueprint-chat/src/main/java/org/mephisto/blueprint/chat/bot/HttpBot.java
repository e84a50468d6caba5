package org.mephisto.blueprint.chat.bot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.mephisto.spi.json.Json;

/** A bot behind an endpoint of one's own: {@code {messages, name, role, context}} is answered by {@code {text, respond_with_form?}}. */
record HttpBot(BotEndpoint endpoint) implements Bot {
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
        JsonNode form = answer.path("respond_with_form");
        return new BotAnswer(answer.path("text").textValue().strip(), form.isArray() ? form : Json.array());
    }
}
