package org.mephisto.supervisor.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.mephisto.spi.blueprint.SubmittedFile;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;

/** The shape in which tips, feedback and opinions are kept: by kind, each entry with an id and a reviewer's mark. */
final class AgentMetadata {
    private AgentMetadata() {}

    /**
     * The metadata with one more submission under the first of tips, feedback and worker_opinion it has, else under default.
     *
     * @throws MephistoException {@code INVALID_INPUT} for another shape, of which something would be lost
     */
    static JsonValue with(JsonValue known, JsonValue submitted, List<SubmittedFile> files) {
        require(submitted.node().isObject(), "metadata", "an object");
        ObjectNode all = known.object().deepCopy();
        ObjectNode given = submitted.object();
        if (given.has("tips")) {
            require(given.path("tips").isObject(), "metadata.tips", "an object with header and text");
            ObjectNode tip = newEntry();
            tip.set("header", given.at("/tips/header"));
            tip.set("text", given.at("/tips/text"));
            tip.put("accepted", false);
            all.withArray("tips").add(present(tip));
        } else if (given.has("feedback")) {
            require(given.at("/feedback/data").isArray(), "metadata.feedback.data", "a list of questions and texts");
            ArrayNode entries = all.withArray("feedback");
            given.at("/feedback/data").forEach(answer -> entries.add(feedback(answer)));
        } else if (given.has("worker_opinion")) {
            require(
                    given.at("/worker_opinion/questions").isArray(),
                    "metadata.worker_opinion.questions",
                    "a list of questions and texts");
            all.set("worker_opinion", opinion(given.path("worker_opinion"), files));
        } else {
            all.set("default", given);
        }
        return JsonValue.of(all);
    }

    private static void require(boolean fits, String field, String shape) {
        if (!fits) {
            throw new MephistoException(
                    ErrorCode.INVALID_INPUT, "\"" + field + "\" must be " + shape + ". Send it in this shape.");
        }
    }

    private static ObjectNode feedback(JsonNode answer) {
        ObjectNode entry = newEntry();
        entry.set("question", answer.path("question"));
        entry.set("text", answer.path("text"));
        return unreviewed(entry);
    }

    private static ObjectNode opinion(JsonNode given, List<SubmittedFile> files) {
        ObjectNode opinion = Json.object();
        opinion.set("attachments", Json.toNode(files));
        opinion.set("attachments_by_fields", byField(files));
        ArrayNode questions = opinion.putArray("questions");
        for (JsonNode question : given.path("questions")) {
            ObjectNode entry = newEntry();
            entry.set("question", question.path("question"));
            entry.set("answer", question.path("text"));
            questions.add(unreviewed(entry));
        }
        return opinion;
    }

    /** {@code {field: [file, ...]}}, as exports show uploaded files. */
    private static ObjectNode byField(List<SubmittedFile> files) {
        ObjectNode fields = Json.object();
        for (SubmittedFile file : files) {
            fields.withArray("/" + file.fieldname().replace("~", "~0").replace("/", "~1"))
                    .add(Json.toNode(file));
        }
        return fields;
    }

    private static ObjectNode newEntry() {
        return Json.object().put("id", UUID.randomUUID().toString());
    }

    private static ObjectNode unreviewed(ObjectNode entry) {
        entry.put("reviewed", false);
        entry.putNull("toxicity");
        return present(entry);
    }

    /** Fields that the page did not send are null and not missing. */
    private static ObjectNode present(ObjectNode entry) {
        for (String field : List.copyOf(entry.properties().stream()
                .filter(property -> property.getValue().isMissingNode())
                .map(Map.Entry::getKey)
                .toList())) {
            entry.putNull(field);
        }
        return entry;
    }
}
