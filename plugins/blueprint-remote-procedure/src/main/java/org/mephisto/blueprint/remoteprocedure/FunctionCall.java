package org.mephisto.blueprint.remoteprocedure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.mephisto.spi.blueprint.ActingAgent;
import org.mephisto.spi.blueprint.Agent;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;

/**
 * A page asks for a function.
 *
 * @param requestId the page's own name for the call; unique for the agent, not beyond
 * @param target the function's name
 */
record FunctionCall(String requestId, String target, JsonValue args, ActingAgent agent) {
    /** {@code {target, args, request_id}}, what a function outside this process is told. */
    ObjectNode toJson() {
        ObjectNode json = Json.object().put("target", target);
        json.set("args", args.node());
        return json.put("request_id", requestId);
    }

    /** Likewise, with {@code worker_id} and, but for onboarding, {@code unit_id}. */
    ObjectNode toJsonWithIds() {
        ObjectNode json = toJson().put("worker_id", agent.worker().id());
        if (agent instanceof Agent atUnit) {
            json.put("unit_id", atUnit.unit().id());
        }
        return json;
    }
}
