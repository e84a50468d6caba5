package org.mephisto.blueprint.chat.talk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.mephisto.spi.json.Json;

/** The live updates of chat pages: {@code {id, text, task_data, timestamp}}, where only those with {@code text} are shown. */
public final class ChatUpdates {
    /** The name under which the task itself speaks. */
    public static final String SYSTEM = "System";

    /** Marks what is said by the clock. */
    static final String REMINDER = "reminder";

    /** Names the bot that can go on no longer. */
    static final String FAILED_BOT = "failed_bot";

    /** The how manieth message it is. */
    static final String NUMBER = "number";

    /** Names the person who has left, or has handed in early. */
    static final String LEFT = "left";

    /** How many messages there were when somebody left or failed. */
    static final String AFTER = "after";

    /** What steers a page is the server's to say: from another person's page it is not passed on. */
    private static final List<String> STEERING =
            List.of("agent_display_name", "live_update_requested", "task_done", "is_final", "respond_with_form");

    private ChatUpdates() {}

    /** An update that shows nothing. */
    static ObjectNode state(ObjectNode taskData) {
        ObjectNode update = Json.object();
        update.set("task_data", taskData);
        return update;
    }

    static ObjectNode text(String from, String text, Instant at) {
        return Json.object().put("id", from).put("text", text).put("timestamp", seconds(at));
    }

    static ObjectNode text(String from, String text, Instant at, ObjectNode taskData) {
        ObjectNode update = text(from, text, at);
        update.set("task_data", taskData);
        return update;
    }

    /** What a person's page sent, as the others get it. */
    static ObjectNode passedOn(String from, JsonNode sent, Instant at) {
        ObjectNode update = sent instanceof ObjectNode object ? object.deepCopy() : Json.object();
        update.remove(List.of("update_id", "episode_done", REMINDER, FAILED_BOT, NUMBER, LEFT, AFTER));
        if (update.path("task_data") instanceof ObjectNode taskData) {
            taskData.remove(STEERING);
        } else {
            update.remove("task_data");
        }
        return update.put("id", from).put("timestamp", seconds(at));
    }

    /** Whether a page sent words, or an answered form. */
    static boolean isMessage(JsonNode sent) {
        return !sent.path("text").asText("").isBlank() || isAnsweredForm(sent);
    }

    static boolean isAnsweredForm(JsonNode sent) {
        return sent.at("/task_data/form_responses").isArray();
    }

    /** With fractions, as everything on the wire. */
    public static double seconds(Instant at) {
        return at.toEpochMilli() / 1000.0;
    }
}
