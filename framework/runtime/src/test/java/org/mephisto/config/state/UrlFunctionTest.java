package org.mephisto.config.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.config.hooks.HookPlaces;
import org.mephisto.config.yaml.YamlText;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.spi.model.Worker;

/** Functions of {@code mephisto.shared_state} behind a web address, against a real server. */
final class UrlFunctionTest {
    private static final Worker WORKER = new Worker(7, "ann", "mock");
    private static final Unit UNIT = new Unit(3, 2, 1, 0, UnitStatus.LAUNCHED);

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/yes", 200, "true");
        answer("/no", 200, "{\"result\": false}");
        answer("/text", 200, "certainly");
        answer("/word", 200, "{\"result\": \"yes\"}");
        answer("/broken", 500, "true");
        answer("/flood", 200, "\"" + "x".repeat(100_000) + "\"");
        server.createContext("/slow", exchange -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        server.start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.stop(0);
        http.shutdownNow();
    }

    @Test
    void aUrlDecidesWhetherAWorkerMayDoAUnit() throws InterruptedException {
        SharedTaskState yes = byUrl("worker_can_do_unit", "/yes");
        SharedTaskState no = byUrl("worker_can_do_unit", "/no");

        boolean first = yes.workerCanDoUnit().test(WORKER, UNIT);
        boolean second = no.workerCanDoUnit().test(WORKER, UNIT);

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(Json.parse(asked.take())).isEqualTo(Json.parse("""
                        {"function": "worker_can_do_unit", "worker": {"id": 7, "name": "ann", "provider_type": "mock"},
                         "unit": {"id": 3, "assignment_id": 2, "task_run_id": 1, "unit_index": 0, "status": "launched"}}
                        """));
    }

    @Test
    void aUrlJudgesOnboardingAndHearsOfUnits() throws InterruptedException {
        JsonValue data = JsonValue.of(Map.of("answer", 5));
        AgentState done = new AgentState(
                JsonValue.of(Map.of("q", 1)),
                List.of(),
                Optional.of(new Submission(data, List.of(), Instant.EPOCH, false)),
                Instant.EPOCH,
                Optional.empty(),
                JsonValue.emptyObject());

        boolean passed =
                byUrl("validate_onboarding", "/yes").validateOnboarding().test(data);
        byUrl("on_unit_submitted", "/text").onUnitSubmitted().accept(UNIT, done);

        assertThat(passed).isTrue();
        assertThat(asked.take()).contains("\"onboarding_data\":{\"answer\":5}");
        assertThat(asked.take()).contains("\"inputs\":{\"q\":1}").contains("\"outputs\":{\"answer\":5}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/text   | PLUGIN_FAILED | what is not JSON",
                "/word   | PLUGIN_FAILED | must answer true, false",
                "/broken | UNAVAILABLE | status 500",
                "/absent | PLUGIN_FAILED | status 404",
                "/flood  | UNAVAILABLE   | could not be asked",
                "/slow   | TIMED_OUT     | did not answer within 200 ms",
            })
    void aUrlThatFailsIsNamedWithWhatItDid(String place, ErrorCode code, String message) {
        SharedTaskState state = byUrl("worker_can_do_unit", place + "?token=hidden");

        assertThatThrownBy(() -> state.workerCanDoUnit().test(WORKER, UNIT))
                .isInstanceOfSatisfying(
                        MephistoException.class,
                        error -> assertThat(error.code()).isEqualTo(code))
                .hasMessageContaining("worker_can_do_unit")
                .hasMessageContaining(message)
                .hasMessageNotContaining("hidden");
    }

    private SharedTaskState byUrl(String function, String place) {
        String url = "http://localhost:" + server.getAddress().getPort() + place;
        String yaml = function + ": {url: '" + url + "', timeout: " + (place.startsWith("/slow") ? 0.2 : 30) + "}";
        return new SharedStateReader(http)
                .read(
                        (ObjectNode) YamlText.parse("test", yaml).root(),
                        new HookPlaces(Path.of("/task"), Optional.empty()),
                        SharedTaskState.empty())
                .state();
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
