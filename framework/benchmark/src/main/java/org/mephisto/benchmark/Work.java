package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a server under test shall launch. Immutable.
 *
 * @param units how many, one to an assignment
 * @param isLive whether pages talk with a blueprint that echoes; else they only submit
 * @param isJournaled whether what they say is written to a file first
 * @param people what the run asks of the people who come
 */
record Work(int units, boolean isLive, boolean isJournaled, People people) {
    /** What a run asks of its workers, and who they are. */
    enum People {
        /** Nothing; anybody comes. */
        ANYBODY,
        /** Nothing but one unit at once; the launch makes as many new workers as there are units. */
        KNOWN,
        /** Likewise, and a qualification, an onboarding that these workers have passed, and gold units that are not due yet. */
        GATED
    }

    Work(int units, boolean isLive, boolean isJournaled) {
        this(units, isLive, isJournaled, People.ANYBODY);
    }

    static Work ofStatic(int units) {
        return new Work(units, false, true);
    }

    ObjectNode toJson() {
        return ChildProcess.command("launch")
                .put("units", units)
                .put("live", isLive)
                .put("journal", isJournaled)
                .put("people", people.name());
    }

    static Work fromJson(JsonNode json) {
        return new Work(
                json.path("units").asInt(),
                json.path("live").asBoolean(),
                json.path("journal").asBoolean(),
                People.valueOf(json.path("people").asText()));
    }
}
