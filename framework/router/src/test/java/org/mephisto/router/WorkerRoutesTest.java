package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

@Timeout(60)
class WorkerRoutesTest {
    @RegisterExtension
    static final BlockedEventLoopCheck LOOPS = new BlockedEventLoopCheck();

    @TempDir
    Path directory;

    private RouterFixture router;

    @BeforeEach
    void start() throws Exception {
        router = RouterFixture.start(directory);
    }

    @AfterEach
    void stop() throws Exception {
        router.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/request_agent", "/register_worker", "/request_agent?provider=mock&x=%20"})
    void registeringIsAnsweredWithTheWholeAgentDetailsPacket(String path) throws Exception {
        HttpResponse<String> answer = router.post(
                path, "{\"provider_data\": {\"worker_name\": \"Zoë\", \"n\": [1, 2]}, \"client_timestamp\": 12.5}");

        Packet packet = router.system.next();
        assertThat(packet.type()).isEqualTo(PacketType.REGISTER_AGENT);
        assertThat(packet.subjectId()).isEqualTo(ScriptedSystem.requestId(packet));
        assertThat(packet.data().node().path("provider_data"))
                .isEqualTo(JsonValue.ofText("{\"worker_name\": \"Zoë\", \"n\": [1, 2]}")
                        .node());
        assertThat(packet.timestamps().client()).isEqualTo(12.5);
        assertThat(packet.timestamps().routerIncoming()).isPositive();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json; charset=utf-8");
        JsonNode body = RouterFixture.json(answer);
        assertThat(body.path("packet_type").asText()).isEqualTo("agent_details");
        assertThat(body.at("/data/agent_id").asText()).isEqualTo("agent-1");
        assertThat(body.at("/data/init_task_data/sentence").asText()).isEqualTo("Grüße");
    }

    @Test
    void onboardingIsSubmittedByItsAgentAndAnsweredLikeARegistration() throws Exception {
        HttpResponse<String> answer = router.post(
                "/submit_onboarding",
                "{\"provider_data\":{\"USED_AGENT_ID\":\"onboarding_7\",\"onboarding_data\":{\"ok\":true}}}");

        Packet packet = router.system.next();
        assertThat(packet.type()).isEqualTo(PacketType.SUBMIT_ONBOARDING);
        assertThat(packet.subjectId()).isEqualTo("onboarding_7");
        assertThat(packet.data().node().at("/onboarding_data/ok").asBoolean()).isTrue();
        assertThat(RouterFixture.json(answer).at("/data/agent_id").asText()).isEqualTo("agent-1");
    }

    @Test
    void onboardingWithoutDataIsSubmittedAsNull() throws Exception {
        router.post("/submit_onboarding", "{\"provider_data\":{\"USED_AGENT_ID\":\"onboarding_7\"}}");

        assertThat(router.system.next().data().node().get("onboarding_data").isNull())
                .isTrue();
    }

    @Test
    void aSubmissionCarriesItsPayloadAndIsAnsweredWhenItIsAcknowledged() throws Exception {
        HttpResponse<String> answer = router.post(
                "/submit_task",
                " {\"USED_AGENT_ID\": \"agent-1\", \"final_data\": {\"label\": \"é\"}, \"client_timestamp\": 3, \"own\": 1} ");

        Packet packet = router.system.next();
        assertThat(packet.type()).isEqualTo(PacketType.SUBMIT_UNIT);
        assertThat(packet.subjectId()).isEqualTo("agent-1");
        assertThat(packet.data().node().path("USED_AGENT_ID").asText()).isEqualTo("agent-1");
        assertThat(packet.data().node().at("/final_data/label").asText()).isEqualTo("é");
        assertThat(packet.data().node().path("own").asInt()).isEqualTo(1);
        assertThat(packet.data().node().path("request_id").asText()).isNotEmpty();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\": \"Submitted!\"}");
    }

    @Test
    void aPageCannotChooseTheRequestIdOfItsSubmission() throws Exception {
        HttpResponse<String> answer = router.post(
                "/submit_task",
                "{\"USED_AGENT_ID\":\"agent-1\",\"final_data\":7,\"request_id\":\"somebody-else\",\"client_timestamp\":2}");

        Packet packet = router.system.next();
        assertThat(packet.data().text()).doesNotContain("somebody-else");
        assertThat(packet.data().node().path("final_data").asInt()).isEqualTo(7);
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void metadataIsAnsweredInItsOwnWords() throws Exception {
        HttpResponse<String> answer = router.post(
                "/submit_metadata", "{\"USED_AGENT_ID\":\"agent-1\",\"metadata\":{\"tips\":{\"text\":\"t\"}}}");

        Packet packet = router.system.next();
        assertThat(packet.type()).isEqualTo(PacketType.SUBMIT_METADATA);
        assertThat(packet.data().node().at("/metadata/tips/text").asText()).isEqualTo("t");
        assertThat(answer.body()).isEqualTo("{\"status\": \"Submitted metadata\"}");
    }

    @Test
    void anErrorOfAPageIsPassedOnEvenWhenThereIsNoAgentYet() throws Exception {
        HttpResponse<String> answer =
                router.post("/log_error", "{\"USED_AGENT_ID\":null,\"error_data\":{\"message\":\"boom\"}}");

        Packet packet = router.system.next();
        assertThat(packet.type()).isEqualTo(PacketType.ERROR);
        assertThat(packet.data().node().at("/error_data/message").asText()).isEqualTo("boom");
        assertThat(answer.body()).isEqualTo("{\"status\": \"Error log sent!\"}");
    }

    @Test
    void aSubmissionThatTheSystemRefusesIsAnsweredWithItsStatusAndReason() throws Exception {
        router.system.answerWith((channel, packet) -> channel.enqueueSend(
                ScriptedSystem.refusal(packet, 404, "not_found", "No agent is called \"agent-9\".")));

        HttpResponse<String> answer = router.post("/submit_task", "{\"USED_AGENT_ID\":\"agent-9\",\"final_data\":{}}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .isEqualTo("{\"error\":{\"code\":\"not_found\",\"message\":\"No agent is called \\\"agent-9\\\".\"}}");
    }

    @Test
    void anAnswerFromAnotherThreadReachesTheRequest() throws Exception {
        router.system.answerWith((channel, packet) ->
                Thread.startVirtualThread(() -> channel.enqueueSend(ScriptedSystem.details(packet, "agent-2"))));

        HttpResponse<String> answer = router.post("/request_agent", "{\"provider_data\":{}}");

        assertThat(RouterFixture.json(answer).at("/data/agent_id").asText()).isEqualTo("agent-2");
    }

    @Test
    void manyRequestsAtOnceEachGetTheirOwnAnswer() throws Exception {
        router.system.answerWith((channel, packet) ->
                Thread.startVirtualThread(() -> channel.enqueueSend(ScriptedSystem.details(
                        packet, packet.data().node().at("/provider_data/n").asText()))));

        CompletableFuture<?>[] all = new CompletableFuture<?>[300];
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < all.length; i++) {
                String n = "n" + i;
                all[i] =
                        CompletableFuture.runAsync(() -> assertThat(agentFor(n)).isEqualTo(n), threads);
            }

            CompletableFuture.allOf(all).get(30, TimeUnit.SECONDS);
        }
    }

    private String agentFor(String n) {
        try {
            return RouterFixture.json(router.post("/request_agent", "{\"provider_data\":{\"n\":\"" + n + "\"}}"))
                    .at("/data/agent_id")
                    .asText();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSystemThatDoesNotAnswerInTimeGivesAGatewayTimeout() throws Exception {
        try (RouterFixture impatient = RouterFixture.start(
                directory.resolve("impatient"),
                options -> options.withLimits(options.limits().withRequestTimeout(Duration.ofMillis(50))))) {
            impatient.system.answerWith((channel, packet) -> {});

            HttpResponse<String> answer =
                    impatient.post("/submit_task", "{\"USED_AGENT_ID\":\"agent-1\",\"final_data\":1}");

            assertThat(answer.statusCode()).isEqualTo(504);
            assertThat(answer.body()).contains("TIMED_OUT").contains("did not answer in time");
        }
    }

    @Test
    void withoutASystemNothingIsAccepted() throws Exception {
        try (RouterFixture alone = RouterFixture.withoutSystem(directory.resolve("alone"), options -> options)) {
            HttpResponse<String> submitted =
                    alone.post("/submit_task", "{\"USED_AGENT_ID\":\"agent-1\",\"final_data\":1}");
            HttpResponse<String> registered = alone.post("/request_agent", "{\"provider_data\":{}}");
            HttpResponse<String> logged = alone.post("/log_error", "{\"error_data\":1}");

            assertThat(submitted.statusCode()).isEqualTo(503);
            assertThat(submitted.body()).contains("nothing was saved");
            assertThat(registered.statusCode()).isEqualTo(503);
            assertThat(logged.statusCode()).isEqualTo(503);
        }
    }

    @Test
    void closingTheChannelEndsTheRequestsThatWait() throws Exception {
        router.system.answerWith((channel, packet) -> {});
        CompletableFuture<HttpResponse<String>> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return router.post("/request_agent", "{\"provider_data\":{}}");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        router.system.next();

        router.router.channel().close();

        assertThat(waiting.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
    }

    @Test
    void tooManyWaitingRequestsAreRefused() throws Exception {
        try (RouterFixture small = RouterFixture.start(
                directory.resolve("small"),
                options -> options.withLimits(options.limits().withMaxPending(1)))) {
            small.system.answerWith((channel, packet) -> {});
            CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> {
                try {
                    return small.post("/request_agent", "{\"provider_data\":{}}")
                            .statusCode();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            small.system.next();

            HttpResponse<String> second = small.post("/request_agent", "{\"provider_data\":{}}");

            assertThat(second.statusCode()).isEqualTo(503);
            assertThat(second.body()).contains("Too many");
            small.router.channel().close();
            assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(503);
        }
    }
}
