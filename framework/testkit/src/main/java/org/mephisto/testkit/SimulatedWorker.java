package org.mephisto.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import org.mephisto.spi.json.Json;

/** Does what a worker's page does, over real HTTP; {@link SimulatedPage} is its live side. Thread-safe. */
public final class SimulatedWorker {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI taskUrl;
    private final String name;

    /** @param taskUrl where the task's page is */
    public SimulatedWorker(URI taskUrl, String name) {
        this.taskUrl = taskUrl;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Opens the page on a fresh visit and asks for a unit. */
    public SimulatedAgent register() {
        return register(UUID.randomUUID().toString());
    }

    /** Opens the page on this visit; the same visit again is the same unit. */
    public SimulatedAgent register(String visitId) {
        return register(Json.object()
                .put("worker_name", name)
                .put("assignment_id", visitId)
                .put("agent_registration_id", visitId + "-" + name)
                .put("provider_type", "test"));
    }

    /** Asks for a unit with just these provider data. */
    public SimulatedAgent register(ObjectNode providerData) {
        ObjectNode body = Json.object();
        body.set("provider_data", providerData);
        body.put("client_timestamp", System.currentTimeMillis() / 1000.0);
        Answer answer = post("request_agent", Json.write(body));
        if (answer.status() != 200) {
            throw new AssertionError("Registering was answered with " + answer.status() + ": " + answer.body());
        }
        return new SimulatedAgent(this, Json.parse(answer.body()).path("data"));
    }

    SimulatedPage openPage(String agentId) {
        return new SimulatedPage(HTTP, taskUrl, agentId);
    }

    /** Posts any body to a route of the router, such as {@code submit_task}. */
    public Answer post(String route, String json) {
        return send(HttpRequest.newBuilder(taskUrl.resolve("/" + route))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    /** Asks for a file of the page or a route of the router. */
    public Answer get(String path) {
        return send(HttpRequest.newBuilder(taskUrl.resolve("/" + path)).GET());
    }

    /** Sends a request that the caller has begun to build. */
    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    HTTP.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new AssertionError("The router at " + taskUrl + " cannot be reached: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    HttpRequest.Builder request(String route) {
        return HttpRequest.newBuilder(taskUrl.resolve("/" + route));
    }

    /** What the router answered. */
    public record Answer(int status, String body) {
        public JsonNode json() {
            return Json.parse(body);
        }
    }
}
