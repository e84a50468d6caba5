package org.mephisto.blueprint.remoteprocedure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import org.mephisto.spi.json.Json;
import org.mephisto.testkit.SimulatedAgent;
import org.mephisto.testkit.SimulatedPage;
import org.mephisto.testkit.TestRun;

/** A worker's page that calls functions as the client library does. */
final class CallingPage implements AutoCloseable {
    private final SimulatedAgent agent;
    private final SimulatedPage page;

    private CallingPage(SimulatedAgent agent) {
        this.agent = agent;
        this.page = agent.openPage();
    }

    static CallingPage of(TestRun run, String worker) {
        return of(run.worker(worker).register());
    }

    static CallingPage of(SimulatedAgent agent) {
        return new CallingPage(agent);
    }

    SimulatedAgent agent() {
        return agent;
    }

    SimulatedPage socket() {
        return page;
    }

    /** Sends a call; returns its id. */
    String send(String target, Object args) {
        String requestId = UUID.randomUUID().toString();
        send(requestId, target, Json.write(args));
        return requestId;
    }

    void send(String requestId, String target, String argsJson) {
        page.sendLiveUpdate(Map.of("request_id", requestId, "target", target, "args", argsJson));
    }

    /** Waits for the answer to a call: the whole update. */
    JsonNode answer(String requestId) {
        return page.awaitLiveUpdate(update -> update.path("handles").asText().equals(requestId));
    }

    /** Waits for the next answer to any call; returns that call's id. */
    String nextAnswered() {
        return page.awaitLiveUpdate().path("handles").asText();
    }

    /** Calls, and waits for the result. */
    JsonNode call(String target, Object args) {
        JsonNode answer = answer(send(target, args));
        if (answer.has("error")) {
            throw new AssertionError("The call failed: " + answer);
        }
        return Json.parse(answer.path("response").textValue());
    }

    /** Calls, and waits for the error, which must stand in both its places. */
    JsonNode callInVain(String target, Object args) {
        return error(answer(send(target, args)));
    }

    static JsonNode error(JsonNode answer) {
        JsonNode error = answer.path("error");
        JsonNode inResponse = Json.parse(answer.path("response").textValue()).path("error");
        if (!error.isObject() || !error.equals(inResponse)) {
            throw new AssertionError("No error in both places: " + answer);
        }
        return error;
    }

    @Override
    public void close() {
        page.close();
    }
}
