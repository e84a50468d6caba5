package org.mephisto.blueprint.chat.bot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.mephisto.spi.json.Json;

/**
 * A bot behind an OpenAI-compatible chat endpoint. What it said itself is the assistant's, all else the user's; where several others speak,
 * each message begins with the speaker's name.
 */
record OpenAiBot(BotEndpoint endpoint, String model, Optional<String> system) implements Bot {
    @Override
    public BotAnswer answer(BotQuestion question) throws BotException, InterruptedException {
        ObjectNode body = Json.object().put("model", model);
        ArrayNode messages = body.putArray("messages");
        add(messages, "system", instructions(question));
        boolean severalOthers = question.messages().stream()
                        .map(ChatMessage::id)
                        .filter(id -> !id.equals(question.name()))
                        .distinct()
                        .count()
                > 1;
        for (ChatMessage message : question.messages()) {
            boolean own = message.id().equals(question.name());
            String text = own || !severalOthers ? message.text() : message.id() + ": " + message.text();
            add(messages, own ? "assistant" : "user", text);
        }
        JsonNode text = endpoint.post(body).at("/choices/0/message/content");
        if (!text.isTextual()) {
            throw endpoint.unreadable("\"choices[0].message.content\", the message to show");
        }
        return BotAnswer.of(text.textValue().strip());
    }

    private String instructions(BotQuestion question) {
        StringBuilder text = new StringBuilder(system.map(told -> told + "\n\n").orElse(""));
        text.append("You take part in a chat under the name ")
                .append(question.name())
                .append('.');
        question.role()
                .ifPresent(role -> text.append(" Your role is ").append(role).append('.'));
        if (!question.context().isEmpty()) {
            text.append(" What you know: ").append(Json.write(question.context()));
        }
        return text.append(" Answer with your next message only.").toString();
    }

    private static void add(ArrayNode messages, String role, String content) {
        messages.addObject().put("role", role).put("content", content);
    }
}
