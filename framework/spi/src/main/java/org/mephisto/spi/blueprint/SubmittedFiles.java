package org.mephisto.spi.blueprint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.mephisto.spi.json.Json;

/** How uploaded files stand in the outputs of static blueprints. */
public final class SubmittedFiles {
    private SubmittedFiles() {}

    /**
     * A copy with {@code files}, the names, and {@code filesByFields}, the files of each form field, where there are any. What is not an
     * object, because the page handed in a list or a text, stays as it is.
     */
    public static JsonNode addTo(JsonNode submitted, List<SubmittedFile> files) {
        if (files.isEmpty() || !(submitted instanceof ObjectNode object)) {
            return submitted;
        }
        ObjectNode outputs = object.deepCopy();
        ArrayNode names = outputs.putArray("files");
        ObjectNode byField = outputs.putObject("filesByFields");
        for (SubmittedFile file : files) {
            names.add(file.filename());
            byField.withArrayProperty(file.fieldname()).add(Json.toNode(file));
        }
        return outputs;
    }
}
