package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a server under test shall launch. Immutable.
 *
 * @param units how many, one to an assignment
 * @param isLive whether pages talk with a blueprint that echoes; else they only submit
 * @param isJournaled whether what they say is written to a file first
 */
record Work(int units, boolean isLive, boolean isJournaled) {
    static Work ofStatic(int units) {
        return new Work(units, false, true);
    }

    ObjectNode toJson() {
        return ChildProcess.command("launch")
                .put("units", units)
                .put("live", isLive)
                .put("journal", isJournaled);
    }

    static Work fromJson(JsonNode json) {
        return new Work(
                json.path("units").asInt(),
                json.path("live").asBoolean(),
                json.path("journal").asBoolean());
    }
}
