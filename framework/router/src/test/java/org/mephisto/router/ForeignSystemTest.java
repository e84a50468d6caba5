package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.json.Json;

/** What a backend that speaks the original's dialect is told, and what workers are told of it. */
@Timeout(60)
class ForeignSystemTest {
    @RegisterExtension
    static final BlockedEventLoopCheck LOOPS = new BlockedEventLoopCheck();

    @TempDir
    Path directory;

    private RouterFixture router;
    private TestSocket system;

    @BeforeEach
    void start() throws Exception {
        router = RouterFixture.withoutSystem(
                directory,
                options -> options.withLimits(RouterOptions.Limits.DEFAULT.withPageSilence(Duration.ofSeconds(1))));
        connect();
    }

    private void connect() throws Exception {
        system = TestSocket.open(router.client, router.router.url(), "?secret=" + RouterFixture.SECRET);
        system.sendPacket("alive", "mephisto", "{}");
    }

    @AfterEach
    void stop() throws Exception {
        router.close();
    }

    private CompletableFuture<HttpResponse<String>> posting(String path, String type, String body) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return router.send("POST", path, body, "Content-Type", type);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private JsonNode told(String path, String body, String answer) throws Exception {
        CompletableFuture<HttpResponse<String>> posted = posting(path, "application/json", body);
        JsonNode packet = system.next();
        HttpResponse<String> answered = posted.get(10, TimeUnit.SECONDS);
        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(answered.body()).isEqualTo(answer);
        assertThat(packet.path("packet_type").isTextual()).isTrue();
        assertThat(packet.path("subject_id").isTextual()).isTrue();
        assertThat(packet.has("data")).isTrue();
        return packet;
    }

    @Test
    void aSubmissionIsItsPayloadAndIsSavedWhenTheBackendHasIt() throws Exception {
        JsonNode packet = told(
                "/submit_task",
                "{\"USED_AGENT_ID\":\"a1\",\"final_data\":{\"label\":\"good\"},\"client_timestamp\":7}",
                "{\"status\": \"Submitted!\"}");

        assertThat(packet.path("packet_type").asText()).isEqualTo("submit_unit");
        assertThat(packet.path("subject_id").asText()).isEqualTo("a1");
        assertThat(packet.path("data").toString()).isEqualTo("{\"label\":\"good\"}");
        assertThat(packet.path("client_timestamp").asDouble()).isEqualTo(7);
    }

    @Test
    void tipsAndErrorsAreTheirPayloadsToo() throws Exception {
        JsonNode tips = told(
                "/submit_metadata",
                "{\"USED_AGENT_ID\":\"a1\",\"metadata\":{\"tips\":{\"header\":\"h\"}}}",
                "{\"status\": \"Submitted metadata\"}");
        JsonNode error = told(
                "/log_error",
                "{\"USED_AGENT_ID\":\"a1\",\"error_data\":{\"text\":\"oh\"}}",
                "{\"status\": \"Error log sent!\"}");

        assertThat(tips.path("data").toString()).isEqualTo("{\"tips\":{\"header\":\"h\"}}");
        assertThat(error.path("data").toString()).isEqualTo("{\"text\":\"oh\"}");
    }

    @Test
    void uploadedFilesStandInThePayload() throws Exception {
        String form = """
                --x
                Content-Disposition: form-data; name="USED_AGENT_ID"

                a1
                --x
                Content-Disposition: form-data; name="final_string_data"

                {"label":"good"}
                --x
                Content-Disposition: form-data; name="photo"; filename="p.txt"
                Content-Type: text/plain

                hello
                --x--
                """.replace("\n", "\r\n");

        CompletableFuture<HttpResponse<String>> posted =
                posting("/submit_task", "multipart/form-data; boundary=x", form);

        JsonNode data = system.next().path("data");
        assertThat(posted.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(data.path("label").asText()).isEqualTo("good");
        assertThat(data.at("/files/0/originalname").asText()).isEqualTo("p.txt");
        assertThat(data.at("/filesByFields/photo/0/size").asInt()).isEqualTo(5);
    }

    @Test
    void anOnboardingKeepsItsRequestId() throws Exception {
        var unused = posting(
                "/submit_onboarding",
                "application/json",
                "{\"provider_data\":{\"USED_AGENT_ID\":\"onboarding_1\",\"onboarding_data\":{\"ok\":true}}}");

        JsonNode packet = system.next();

        assertThat(packet.path("packet_type").asText()).isEqualTo("submit_onboarding");
        assertThat(packet.path("subject_id").asText()).isEqualTo("onboarding_1");
        assertThat(packet.at("/data/onboarding_data/ok").asBoolean()).isTrue();
        assertThat(packet.at("/data/request_id").isTextual()).isTrue();
    }

    @Test
    void anOnboardingWithoutDataHasAnEmptyObject() throws Exception {
        var unused = posting(
                "/submit_onboarding", "application/json", "{\"provider_data\":{\"USED_AGENT_ID\":\"onboarding_1\"}}");

        JsonNode packet = system.next();

        assertThat(packet.at("/data/onboarding_data").toString()).isEqualTo("{}");
        assertThat(packet.at("/data/request_id").isTextual()).isTrue();
    }

    @Test
    void whatWouldBreakTheBackendsConnectionIsRefused() throws Exception {
        String large = "{\"USED_AGENT_ID\":\"a1\",\"final_data\":{\"text\":\"" + "ü".repeat(600_000) + "\"}}";

        HttpResponse<String> refused =
                posting("/submit_task", "application/json", large).get(10, TimeUnit.SECONDS);
        JsonNode next = told(
                "/submit_task",
                "{\"USED_AGENT_ID\":\"a1\",\"final_data\":{\"label\":\"good\"}}",
                "{\"status\": \"Submitted!\"}");

        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("1 MiB");
        assertThat(next.at("/data/label").asText()).isEqualTo("good");
    }

    @Test
    void whateverAPageSaysWhileTheBackendIsAwayStopsNothing() throws Exception {
        system.sendPacket("update_status", "a1", "{\"status\":\"completed\"}");
        TestSocket page = router.socket().sendPacket("alive", "a1", "{}");
        page.nextOf("update_status");
        system.close();

        page.sendPacket("mephisto_bound_live_update", "a1", "\"hi\"");
        page.sendPacket("mephisto_bound_live_update", "a1", "{\"files\":1,\"files\":2}");
        page.sendPacket("log_error", "a1", "{\"files\":1,\"files\":2}");
        page.sendPacket("mephisto_bound_live_update", "a1", "{\"n\":1}");
        assertThat(page.hasNothingBeforeTheNextHeartbeat()).isTrue();
        connect();

        assertThat(system.next().at("/data/files").asInt()).isEqualTo(2);
        assertThat(system.next().at("/data/n").asInt()).isEqualTo(1);
    }

    @Test
    void anErrorThatCannotBeReadIsDropped() throws Exception {
        system.sendPacket("update_status", "a1", "{\"status\":\"completed\"}");
        TestSocket page = router.socket().sendPacket("alive", "a1", "{}");
        page.nextOf("update_status");

        page.sendPacket("log_error", "a1", "{\"files\":1,\"files\":2}");
        page.sendPacket("log_error", "a1", "{\"text\":\"oh\"}");

        assertThat(system.next().at("/data/text").asText()).isEqualTo("oh");
    }

    @Test
    void anAnswerOfSeveralMegabytesComesInOneFrame() throws Exception {
        system.close();
        WebSocket large = router.vertx
                .createWebSocketClient()
                .connect(new WebSocketConnectOptions()
                        .setHost("localhost")
                        .setPort(router.router.url().getPort())
                        .setURI("/?secret=" + RouterFixture.SECRET))
                .await(10, TimeUnit.SECONDS);
        large.textMessageHandler(question -> large.writeFinalTextFrame("{\"packet_type\":\"agent_details\",\"data\":"
                + "{\"agent_id\":\"a1\",\"request_id\":" + Json.parse(question).at("/data/request_id")
                + ",\"init_task_data\":\"" + "x".repeat(2 << 20) + "\"}}"));

        HttpResponse<String> answered = posting("/request_agent", "application/json", "{\"provider_data\":{}}")
                .get(10, TimeUnit.SECONDS);

        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(RouterFixture.json(answered).at("/data/init_task_data").asText())
                .hasSize(2 << 20);
    }

    @Test
    void aPageThatFellSilentIsDisconnectedWhenTheBackendAsks() throws Exception {
        system.sendPacket("update_status", "a1", "{\"status\":\"in task\"}");
        system.sendPacket("update_status", "a2", "{\"status\":\"in task\"}");
        system.sendPacket("request_statuses", "mephisto", "{}");
        assertThat(system.next().path("data").toString()).isEqualTo("{\"a1\":\"in task\",\"a2\":\"in task\"}");
        TestSocket page = router.socket().sendPacket("alive", "a1", "{}");
        assertThat(page.next().at("/data/status").asText()).isEqualTo("in task");

        JsonNode last = page.next();
        system.sendPacket("request_statuses", "mephisto", "{}");

        assertThat(last.at("/data/status").asText()).isEqualTo("disconnect");
        JsonNode statuses = system.next();
        assertThat(statuses.path("packet_type").asText()).isEqualTo("return_statuses");
        assertThat(statuses.at("/data/a1").asText()).isEqualTo("disconnect");
        assertThat(statuses.at("/data/a2").asText()).isEqualTo("in task");
    }
}
