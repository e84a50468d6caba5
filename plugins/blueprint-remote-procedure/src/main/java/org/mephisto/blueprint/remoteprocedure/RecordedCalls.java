package org.mephisto.blueprint.remoteprocedure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.json.Json;

/** Calls and answers as they stand among the live updates of an agent. */
final class RecordedCalls {
    static final String REQUEST_ID = "request_id";
    static final String TARGET = "target";
    static final String ARGS = "args";
    static final String HANDLES = "handles";
    static final String RESPONSE = "response";

    private static final JsonNode NONE = Json.MAPPER.nullNode();

    private RecordedCalls() {}

    static boolean isCall(LiveUpdate update) {
        return update.fromWorker() && update.data().node().hasNonNull(REQUEST_ID);
    }

    static boolean isAnswer(LiveUpdate update) {
        return !update.fromWorker() && update.data().node().hasNonNull(HANDLES);
    }

    static String requestId(LiveUpdate call) {
        return call.data().node().path(REQUEST_ID).asText();
    }

    /** What the page's library knows as {@code previous_requests}: a call and its answer are an entry each. */
    static ArrayNode entries(List<LiveUpdate> updates) {
        ArrayNode entries = Json.array();
        for (LiveUpdate update : updates) {
            JsonNode data = update.data().node();
            if (isCall(update)) {
                entries.add(entry(update, requestId(update), data.path(TARGET), data.path(ARGS), NONE));
            } else if (isAnswer(update)) {
                entries.add(entry(update, update.updateId(), data.path(HANDLES), NONE, data.path(RESPONSE)));
            }
        }
        return entries;
    }

    private static ObjectNode entry(LiveUpdate update, String uuid, JsonNode target, JsonNode args, JsonNode response) {
        ObjectNode entry = Json.object().put("uuid", uuid).put(TARGET, target.asText());
        entry.set("args_json", orNull(args));
        entry.set("response_json", orNull(response));
        return entry.put("timestamp", update.sentAt().toEpochMilli() / 1000.0);
    }

    private static JsonNode orNull(JsonNode value) {
        return value.isMissingNode() ? NONE : value;
    }

    /** What the page was told last of this call, without the update's id. */
    static Optional<ObjectNode> answerTo(String requestId, List<LiveUpdate> updates) {
        return updates.reversed().stream()
                .filter(RecordedCalls::isAnswer)
                .filter(update -> update.data().node().path(HANDLES).asText().equals(requestId))
                .findFirst()
                .map(update -> update.data().object().deepCopy().without("update_id"));
    }

    /** The ids of the calls that have an answer. */
    static Set<String> answered(List<LiveUpdate> updates) {
        Set<String> answered = new HashSet<>();
        updates.stream()
                .filter(RecordedCalls::isAnswer)
                .forEach(update ->
                        answered.add(update.data().node().path(HANDLES).asText()));
        return answered;
    }
}
