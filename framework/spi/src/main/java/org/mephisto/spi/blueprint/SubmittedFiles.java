package org.mephisto.spi.blueprint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.mephisto.spi.json.Json;

/** How uploaded files stand in the outputs of static blueprints. */
public final class SubmittedFiles {
    private SubmittedFiles() {}

    /** Adds {@code files}, the names, and {@code filesByFields}, the files of each form field, where there are any; returns the object. */
    public static ObjectNode addTo(ObjectNode outputs, List<SubmittedFile> files) {
        if (files.isEmpty()) {
            return outputs;
        }
        ArrayNode names = outputs.putArray("files");
        ObjectNode byField = outputs.putObject("filesByFields");
        for (SubmittedFile file : files) {
            names.add(file.filename());
            byField.withArrayProperty(file.fieldname()).add(Json.toNode(file));
        }
        return outputs;
    }
}
