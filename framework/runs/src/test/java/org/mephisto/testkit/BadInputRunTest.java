package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.spi.json.Json;
import org.mephisto.testkit.SimulatedWorker.Answer;

/**
 * Whatever reaches a running task from outside is refused with its name and a reason; the run lives on, a worker who was at work before can
 * hand in afterwards, and nothing that was stored is lost.
 */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
final class BadInputRunTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static TestRun run;
    private static SimulatedAgent first;
    private static int completed;

    /** {@code @AGENT} in a body is the id of an agent at work. */
    record Case(String method, String path, String body, int status, List<String> words) {
        @Override
        public String toString() {
            return method + " " + path + " " + body + " -> " + status;
        }
    }

    private static Case post(String path, String body, int status, String... words) {
        return new Case("POST", path, body, status, List.of(words));
    }

    private static Case get(String path, int status, String... words) {
        return new Case("GET", path, "", status, List.of(words));
    }

    static final List<Case> CASES = List.of(
            post("/request_agent", "{\"provider_data\": {", 400, "not JSON"),
            post("/request_agent", "{\"provider_data\": 7}", 400, "provider_data", "object"),
            post("/request_agent", "{}", 400, "provider_data", "missing"),
            post("/submit_task", "{\"USED_AGENT_ID\": \"@AGENT\"}", 400, "final_data", "missing"),
            post(
                    "/submit_task",
                    "{\"USED_AGENT_ID\": \"999-nobody\", \"final_data\": {}}",
                    404,
                    "No agent",
                    "Open the task's link again"),
            post(
                    "/submit_task",
                    "{\"USED_AGENT_ID\": \"nonsense\", \"final_data\": {}}",
                    404,
                    "No agent",
                    "Open the task's link again"),
            post("/submit_task", "{\"USED_AGENT_ID\": \"\u0000\", \"final_data\": {}}", 400, "not JSON"),
            post("/submit_task", "{\"USED_AGENT_ID\": {}, \"final_data\": {}}", 400, "USED_AGENT_ID"),
            post("/submit_task", "final", 400, "not JSON"),
            post("/submit_metadata", "{\"USED_AGENT_ID\": \"@AGENT\", \"metadata\": 3}", 400, "metadata"),
            post("/submit_metadata", "{\"USED_AGENT_ID\": \"999-nobody\", \"metadata\": {}}", 404, "No agent"),
            post(
                    "/submit_metadata",
                    "{\"USED_AGENT_ID\": \"@AGENT\", \"metadata\": {\"feedback\": \"fine\"}}",
                    400,
                    "feedback"),
            post(
                    "/submit_metadata",
                    "{\"USED_AGENT_ID\": \"@AGENT\", \"metadata\": {\"tips\": [\"be kind\"]}}",
                    400,
                    "metadata.tips"),
            post(
                    "/submit_metadata",
                    "{\"USED_AGENT_ID\": \"@AGENT\", \"metadata\": {\"worker_opinion\": {}}}",
                    400,
                    "questions"),
            get("/submit_task", 405, "POST"),
            new Case("DELETE", "/request_agent", "", 405, List.of("POST")),
            get("/..%2fmephisto.db", 400, "plain path"),
            get("/..%2f..%2f..%2fetc%2fpasswd", 400, "plain path"),
            get("/%2e%2e/mephisto.db", 400, "plain path"),
            get("/..%5cmephisto.db", 400, "plain path"),
            get("/download_file/anything", 403, "secret"),
            get("/nothing.html", 404, "nothing.html"));

    @BeforeAll
    static void launch() throws Exception {
        run = TestRun.of(new CountingBlueprintFactory())
                .blueprintOption("assignments", 1000)
                .start();
        first = run.worker("first").register();
    }

    @AfterAll
    static void end() throws Exception {
        run.close();
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void isRefusedWithAReasonAndTheRunLivesOn(Case bad) throws Exception {
        HttpResponse<String> answer = send(bad.method, bad.path, bad.body.replace("@AGENT", first.agentId()));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(bad.status);
        JsonNode error = Json.parse(answer.body()).path("error");
        assertThat(error.path("message").asText()).contains(bad.words).endsWith(".");
        assertThat(error.path("code").asText()).isNotEmpty();
        assertThat(answer.body()).doesNotContain("Exception", "root:", "SQLite format");
        assertAWorkerCompletes();
    }

    @Test
    void aBodyOfSixtyMegabytesIsRefusedAndTheRunLivesOn() throws Exception {
        byte[] body = ("{\"USED_AGENT_ID\": \"" + first.agentId() + "\", \"final_data\": {\"text\": \""
                        + "x".repeat(60_000_000) + "\"}}")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(run.url().resolve("/submit_task"))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("too large");
        assertAWorkerCompletes();
    }

    /** Pages show these; the answer is a refusal that they know, not an error. */
    @ParameterizedTest
    @CsvSource({
        "request_agent, '{\"provider_data\": {}}', INVALID_VISIT, names no worker",
        "request_agent, '{\"provider_data\": {\"worker_name\": \"\"}}', INVALID_VISIT, names no worker",
        "submit_onboarding, '{\"provider_data\": {\"USED_AGENT_ID\": \"onboarding_9-x\"}}', TASK_MISSING, Open the task"
    })
    void aVisitThatCannotBeIsRefusedInWordsForTheWorker(String route, String body, String code, String words) {
        Answer answer = run.worker("eve").post(route, body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/data/agent_id").isNull()).isTrue();
        assertThat(answer.json().at("/data/failure_code").asText()).isEqualTo(code);
        assertThat(answer.json().at("/data/failure_reason").asText()).contains(words);
        assertAWorkerCompletes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "[1, {\"label\": \"good\"}]", "\"good\"", "null"})
    void whateverJsonAPageHandsInIsStoredAndExported(String finalData) throws Exception {
        try (TestRun small = TestRun.of(new CountingBlueprintFactory())
                .blueprintOption("assignments", 1)
                .start()) {
            SimulatedAgent agent = small.worker("ann").register();

            Answer answer = small.worker("ann")
                    .post(
                            "submit_task",
                            "{\"USED_AGENT_ID\": \"" + agent.agentId() + "\", \"final_data\": " + finalData + "}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(small.rows().getFirst().path("outputs")).isEqualTo(Json.parse(finalData));
        }
    }

    @Test
    void whoWasAtWorkBeforeAllThisHandsInAfterwards() throws Exception {
        try (TestRun small = TestRun.of(new CountingBlueprintFactory())
                .blueprintOption("assignments", 1)
                .start()) {
            SimulatedAgent agent = small.worker("ann").register();
            for (Case bad : CASES) {
                small.worker("eve").post("submit_task", bad.body.replace("@AGENT", agent.agentId()));
            }

            agent.submit(Map.of("label", "good"));
            small.awaitEnd();

            assertThat(small.rows().getFirst().at("/outputs/label").asText()).isEqualTo("good");
        }
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        // As it is: resolving would tidy the path up.
        java.net.URI target = java.net.URI.create("http://" + run.url().getAuthority() + path);
        return HTTP.send(
                HttpRequest.newBuilder(target)
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static void assertAWorkerCompletes() {
        run.worker("worker " + completed).register().submit(Map.of("label", "good " + completed));
        completed++;
        assertThat(run.rows().stream().filter(row -> row.path("status").asText().equals("completed")))
                .hasSize(completed);
    }
}
