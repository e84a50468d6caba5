package org.mephisto.spi.blueprint;

import com.fasterxml.jackson.databind.JsonNode;
import org.mephisto.spi.json.JsonValue;

/**
 * The form {@code {expect: {field: value}}}: every field must have its value. Pages post numbers and truth values as text, so {@code 3} and
 * {@code "3"} are the same. A field is looked for in the data itself, then under {@code outputs}, where React pages put theirs.
 *
 * @param fields the fields and their values, an object
 */
public record ExpectedFields(JsonNode fields) {
    /** Whether all of them are in what a page submitted. */
    public boolean areIn(JsonValue submitted) {
        JsonNode data = submitted.node();
        return fields.properties().stream().allMatch(field -> {
            JsonNode found = data.path(field.getKey());
            JsonNode actual = found.isMissingNode() ? data.path("outputs").path(field.getKey()) : found;
            return isSame(field.getValue(), actual);
        });
    }

    private static boolean isSame(JsonNode expected, JsonNode actual) {
        if (expected.equals(actual)) {
            return true;
        }
        boolean simple = expected.isValueNode() && actual.isValueNode() && !expected.isNull() && !actual.isNull();
        return simple && expected.asText().equals(actual.asText());
    }
}
