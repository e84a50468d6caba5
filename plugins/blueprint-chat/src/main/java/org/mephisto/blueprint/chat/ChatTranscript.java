package org.mephisto.blueprint.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.mephisto.blueprint.chat.talk.ChatUpdates;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.blueprint.ParsedData;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.json.Json;

/** A conversation as one person had it, made of the updates that went to and from their page. */
final class ChatTranscript {
    private ChatTranscript() {}

    /** What a page that comes back is shown: everything, in order, own turns under the person's name in the chat. */
    static ArrayNode pastLiveUpdates(List<LiveUpdate> updates) {
        String name = ownName(updates);
        ArrayNode past = Json.array();
        for (LiveUpdate update : updates) {
            ObjectNode data = update.data().object().deepCopy();
            if (update.fromWorker()) {
                data.put("id", name);
            }
            past.add(data.put("update_id", update.updateId()));
        }
        return past;
    }

    /** {@code {inputs, outputs: {messages, final_submission}}}. */
    static ParsedData parse(AgentState state) {
        ObjectNode outputs = Json.object();
        outputs.set("messages", messages(state.updates()));
        outputs.set(
                "final_submission",
                state.submission()
                        .map(Submission::data)
                        .<JsonNode>map(data -> data.node())
                        .orElseGet(Json.MAPPER::nullNode));
        return new ParsedData(state.initData().node().path("task_data"), outputs);
    }

    /** What was shown, with times in seconds. */
    private static ArrayNode messages(List<LiveUpdate> updates) {
        String name = ownName(updates);
        ArrayNode messages = Json.array();
        for (int i = 0; i < updates.size(); i++) {
            JsonNode data = updates.get(i).data().node();
            if (!data.path("text").isTextual()) {
                continue;
            }
            boolean own = updates.get(i).fromWorker();
            ObjectNode message = Json.object();
            message.put("id", own ? name : data.path("id").asText());
            message.set("text", data.path("text"));
            message.put("timestamp", own ? heardAt(updates, i) : sentAt(updates.get(i)));
            message.put("own", own);
            if (!data.path("task_data").isEmpty()) {
                message.set("task_data", data.path("task_data"));
            }
            messages.add(message);
        }
        return messages;
    }

    private static double sentAt(LiveUpdate update) {
        return update.data().node().path("timestamp").asDouble(ChatUpdates.seconds(update.sentAt()));
    }

    /**
     * When a page's message was heard: pages' clocks are minutes off, and the conversation answers every message at once, so the next update
     * to the page tells it by our clock: with its own timestamp if it has one, which is a moment before it was sent.
     */
    private static double heardAt(List<LiveUpdate> updates, int index) {
        return updates.subList(index, updates.size()).stream()
                .filter(update -> !update.fromWorker())
                .findFirst()
                .map(ChatTranscript::sentAt)
                .orElseGet(() -> ChatUpdates.seconds(updates.get(index).sentAt()));
    }

    private static String ownName(List<LiveUpdate> updates) {
        return updates.stream()
                .filter(update -> !update.fromWorker())
                .map(update ->
                        update.data().node().at("/task_data/agent_display_name").asText(""))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }
}
