package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What came of a {@link Talk}. Immutable.
 *
 * @param live the live updates, from page to blueprint to page
 * @param heartbeats the heartbeats of all pages meanwhile
 * @param outOfOrder answers that came after that to a later update of the same page
 */
record TalkResult(RoundResult live, RoundResult heartbeats, long outOfOrder) {
    ObjectNode toJson() {
        ObjectNode json = live.toJson().put("out_of_order", outOfOrder);
        json.set("heartbeats", heartbeats.toJson());
        return json;
    }

    static TalkResult fromJson(JsonNode json) {
        return new TalkResult(
                RoundResult.fromJson(json),
                RoundResult.fromJson(json.path("heartbeats")),
                json.path("out_of_order").asLong());
    }
}
