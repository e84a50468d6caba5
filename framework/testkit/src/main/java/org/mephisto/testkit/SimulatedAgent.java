package org.mephisto.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mephisto.spi.json.Json;
import org.mephisto.testkit.SimulatedWorker.Answer;

/** A worker's visit after registering: with a unit, or refused. Immutable. */
public final class SimulatedAgent {
    private final SimulatedWorker worker;
    private final JsonNode details;

    SimulatedAgent(SimulatedWorker worker, JsonNode details) {
        this.worker = worker;
        this.details = details;
    }

    public SimulatedWorker worker() {
        return worker;
    }

    /** Whether the worker got a unit. */
    public boolean hasUnit() {
        return details.path("agent_id").isTextual();
    }

    /** Whether the worker is being tried out first; {@link #submitOnboarding} is next then, and {@link #hasUnit} is true too. */
    public boolean isOnboarding() {
        return hasUnit() && agentId().startsWith("onboarding");
    }

    /** The id on the wire; only with a unit. */
    public String agentId() {
        if (!hasUnit()) {
            throw new AssertionError(worker.name() + " has no unit: " + details);
        }
        return details.path("agent_id").textValue();
    }

    /** What the page shows. */
    public JsonNode initTaskData() {
        return details.path("init_task_data");
    }

    /** The refusal's code, such as {@code NO_AVAILABLE_UNITS}. */
    public Optional<String> failureCode() {
        return Optional.ofNullable(details.path("failure_code").textValue());
    }

    /** The sentence the page shows to a worker who was refused. */
    public Optional<String> failureReason() {
        return Optional.ofNullable(details.path("failure_reason").textValue());
    }

    /** Opens the page's socket and says that the page is there; close it. */
    public SimulatedPage openPage() {
        return worker.openPage(agentId());
    }

    /** Submits the onboarding and gives what comes next: a unit, or why there is none. */
    public SimulatedAgent submitOnboarding(Map<String, ?> onboardingData) {
        return submitOnboarding(Optional.of(Json.toNode(onboardingData)));
    }

    /** Submits the onboarding as a chat page does, without any data. */
    public SimulatedAgent submitOnboarding() {
        return submitOnboarding(Optional.empty());
    }

    private SimulatedAgent submitOnboarding(Optional<JsonNode> onboardingData) {
        ObjectNode providerData = Json.object().put("USED_AGENT_ID", agentId());
        onboardingData.ifPresent(data -> providerData.set("onboarding_data", data));
        ObjectNode body = Json.object();
        body.set("provider_data", providerData);
        body.put("client_timestamp", System.currentTimeMillis() / 1000.0);
        Answer answer = worker.post("submit_onboarding", Json.write(body));
        if (answer.status() != 200) {
            throw new AssertionError(
                    "Submitting the onboarding was answered with " + answer.status() + ": " + answer.body());
        }
        return new SimulatedAgent(worker, answer.json().path("data"));
    }

    /** Submits and demands that it is stored. */
    public void submit(Map<String, ?> finalData) {
        Answer answer = trySubmit(finalData);
        if (answer.status() / 100 != 2) {
            throw new AssertionError("Submitting was answered with " + answer.status() + ": " + answer.body());
        }
    }

    /** Submits and gives the answer, whatever it is. */
    public Answer trySubmit(Map<String, ?> finalData) {
        ObjectNode body = Json.object().put("USED_AGENT_ID", agentId());
        body.set("final_data", Json.toNode(finalData));
        body.put("client_timestamp", System.currentTimeMillis() / 1000.0);
        return worker.post("submit_task", Json.write(body));
    }

    /** Submits with one uploaded file, as a form does. */
    public Answer submitWithFile(Map<String, ?> finalData, String field, String filename, String content) {
        String boundary = "----" + UUID.randomUUID();
        String json = Json.write(finalData);
        String body = part(boundary, "USED_AGENT_ID", "", agentId())
                + part(boundary, "final_data", "", "[object Object]")
                + part(boundary, "final_string_data", "", json)
                + part(boundary, field, "; filename=\"" + filename + "\"\r\nContent-Type: text/plain", content)
                + "--" + boundary + "--\r\n";
        return worker.send(worker.request("submit_task")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8)));
    }

    private static String part(String boundary, String name, String more, String content) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n"
                + content + "\r\n";
    }

    /** Sends tips, feedback or an opinion. */
    public Answer submitMetadata(Map<String, ?> metadata) {
        ObjectNode body = Json.object().put("USED_AGENT_ID", agentId());
        body.set("metadata", Json.toNode(metadata));
        return worker.post("submit_metadata", Json.write(body));
    }
}
