package org.mephisto.blueprint.remoteprocedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.testkit.TestRun;

/** Functions behind a web address, against a real server. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
final class UrlFunctionTest {
    @TempDir
    private Path task;

    private final Queue<JsonNode> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private record Answer(int status, String body) {}

    /** Answers with these, one after the other, the last one for ever. */
    private void answer(Answer... answers) {
        Queue<Answer> left = new ArrayDeque<>(List.of(answers));
        server.createContext("/classify", exchange -> {
            asked.add(Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            Answer next = left.size() > 1 ? left.remove() : left.element();
            respond(exchange, next);
        });
    }

    private static void respond(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/classify?key=hidden";
    }

    private TestRun run(Map<String, ?> more) throws IOException {
        Map<String, Object> function = new HashMap<>(more);
        function.put("url", url());
        return TaskFiles.run(task)
                .blueprintOption("functions", Map.of("classify", function))
                .start();
    }

    @Test
    void theServerIsToldWhatAndForWhomAndItsAnswerIsTheResult() throws Exception {
        answer(new Answer(200, "{\"label\": \"käfer\"}"));
        try (TestRun run = run(Map.of());
                CallingPage page = CallingPage.of(run, "ann")) {
            String id = page.send("classify", Map.of("text", "über"));

            JsonNode answer = page.answer(id);

            assertThat(Json.parse(answer.path("response").textValue())).isEqualTo(Json.parse("{\"label\": \"käfer\"}"));
            assertThat(answer.has("error")).isFalse();
            assertThat(asked.element())
                    .isEqualTo(
                            Json.parse("{\"target\": \"classify\", \"args\": {\"text\": \"über\"}, \"request_id\": \""
                                    + id + "\", \"worker_id\": 1, \"unit_id\": 1}"));
        }
    }

    @Test
    void aServerThatFailsOnceIsAskedAgain() throws Exception {
        answer(new Answer(503, ""), new Answer(200, "1"));
        try (TestRun run = run(Map.of());
                CallingPage page = CallingPage.of(run, "ann")) {
            JsonNode result = page.call("classify", "x");

            assertThat(result.intValue()).isEqualTo(1);
            assertThat(asked).hasSize(2);
        }
    }

    @Test
    void aServerThatGoesOnFailingIsAskedNoMoreThanConfigured() throws Exception {
        answer(new Answer(500, "<h1>Traceback: secret</h1>"));
        try (TestRun run = run(Map.of("retries", 2));
                CallingPage page = CallingPage.of(run, "ann")) {
            JsonNode error = page.callInVain("classify", "x");

            assertThat(error.path("code").asText()).isEqualTo("PLUGIN_FAILED");
            assertThat(error.toString()).doesNotContain("secret", "hidden");
            assertThat(asked).hasSize(3);
        }
    }

    @Test
    void aServerThatRefusesIsNotAskedAgainAndItsReasonIsTold() throws Exception {
        answer(new Answer(422, "{\"error\": {\"message\": \"The text is empty.\"}}"));
        try (TestRun run = run(Map.of());
                CallingPage page = CallingPage.of(run, "ann")) {
            JsonNode error = page.callInVain("classify", "");

            assertThat(error.path("message").asText()).isEqualTo("The text is empty.");
            assertThat(asked).hasSize(1);
        }
    }

    @Test
    void anAnswerThatIsNoJsonIsAnError() throws Exception {
        answer(new Answer(200, "<html>"));
        try (TestRun run = run(Map.of());
                CallingPage page = CallingPage.of(run, "ann")) {
            assertThat(page.callInVain("classify", "x").path("code").asText()).isEqualTo("PLUGIN_FAILED");
        }
    }

    @Test
    void anAnswerWithoutEndIsAnError() throws Exception {
        answer(new Answer(200, "\"" + "x".repeat(2 << 20) + "\""));
        try (TestRun run = run(Map.of("retries", 0));
                CallingPage page = CallingPage.of(run, "ann")) {
            assertThat(page.callInVain("classify", "x").path("code").asText()).isEqualTo("UNAVAILABLE");
        }
    }

    @Test
    void aServerThatIsNotThereIsAnError() throws Exception {
        try (TestRun run = run(Map.of());
                CallingPage page = CallingPage.of(run, "ann")) {
            server.stop(0);

            JsonNode error = page.callInVain("classify", "x");

            assertThat(error.path("code").asText()).isEqualTo("UNAVAILABLE");
            assertThat(error.path("message").asText())
                    .contains("cannot be reached")
                    .doesNotContain("hidden");
        }
    }

    @Test
    void aServerThatTakesTooLongIsAnErrorAndNotAskedAgain() throws Exception {
        server.createContext("/classify", exchange -> {
            asked.add(Json.object());
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        try (TestRun run = run(Map.of("timeout", 2));
                CallingPage page = CallingPage.of(run, "ann")) {
            assertThat(page.callInVain("classify", "x").path("code").asText()).isEqualTo("TIMED_OUT");
            assertThat(asked).hasSize(1);
        }
    }

    @Test
    void aCallThatWouldAskAgainEndsWhenTheFunctionsAreClosed() throws Exception {
        CountDownLatch failedFourTimes = new CountDownLatch(4);
        server.createContext("/classify", exchange -> {
            respond(exchange, new Answer(500, ""));
            failedFourTimes.countDown();
        });
        FunctionConfig config = new FunctionConfig(Optional.of(url()), List.of(), 3600, 1, 1, 10);
        Functions functions = Functions.of(Map.of("classify", config), Map.of(), task);
        FunctionCall call = new FunctionCall("r1", "classify", JsonValue.emptyObject(), new ReturningAgent(List.of()));
        Future<JsonValue> result = threads.submit(() -> functions.call(call));
        assertThat(failedFourTimes.await(30, TimeUnit.SECONDS)).isTrue();

        functions.close();

        assertThatThrownBy(() -> result.get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(MephistoException.class)
                .hasMessageContaining("has stopped working");
    }
}
