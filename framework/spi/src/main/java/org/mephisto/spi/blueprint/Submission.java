package org.mephisto.spi.blueprint;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.mephisto.spi.json.JsonValue;

/**
 * What a worker handed in; stored before anybody sees it.
 *
 * @param data what the page sent as its final data
 * @param files the names under which uploaded files are kept in the run's data folder
 * @param late whether it came after the unit had ended for this agent
 */
public record Submission(JsonValue data, List<SubmittedFile> files, Instant receivedAt, boolean late) {
    public Submission {
        files = List.copyOf(files);
    }

    /** The field's text; empty when it is missing or not a simple value. */
    public String text(String field) {
        return data.node().path(field).asText("");
    }

    /** The field's value; a missing node where there is none. */
    public JsonNode field(String field) {
        return data.node().path(field);
    }
}
