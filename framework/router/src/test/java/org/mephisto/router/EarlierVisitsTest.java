package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/** Workers who come back when the system side has gone. */
@Timeout(60)
class EarlierVisitsTest {
    private static final String ANN =
            "{\"provider_data\":{\"worker_name\":\"ann\",\"agent_registration_id\":\"visit-1\",\"assignment_id\":\"x\"}}";

    @TempDir
    Path directory;

    private RouterFixture router;

    @BeforeEach
    void start() throws Exception {
        router = RouterFixture.start(directory);
        router.post("/request_agent", ANN);
    }

    @AfterEach
    void stop() throws Exception {
        router.close();
    }

    private void endsAs(String status) throws Exception {
        router.router
                .channel()
                .enqueueSend(Packet.of(
                        PacketType.UPDATE_STATUS, "agent-1", JsonValue.ofText("{\"status\":\"" + status + "\"}")));
        router.router.channel().close();
        // Answered by the event loop after what is above.
        router.get("/is_alive");
    }

    @ParameterizedTest
    @CsvSource({
        "completed, ALREADY_COMPLETED, your work is saved",
        "approved, ALREADY_COMPLETED, your work is saved",
        "partner disconnect, PARTNER_LEFT, Your part is saved",
        "disconnect, TASK_MISSING, has ended",
        "timeout, TASK_MISSING, has ended",
        "returned, TASK_MISSING, has ended",
        "expired, TASK_MISSING, has ended"
    })
    void aVisitThatHasEndedIsAnsweredWithHow(String status, String code, String part) throws Exception {
        endsAs(status);

        HttpResponse<String> answer = router.post("/request_agent", ANN);

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode packet = RouterFixture.json(answer);
        assertThat(packet.path("packet_type").asText()).isEqualTo("agent_details");
        assertThat(packet.at("/data/agent_id").isNull()).isTrue();
        assertThat(packet.at("/data/failure_code").asText()).isEqualTo(code);
        assertThat(packet.at("/data/failure_reason").asText()).contains(part);
    }

    @Test
    void aVisitThatHasNotEndedOrIsAnotherMustWait() throws Exception {
        endsAs("in task");

        assertThat(router.post("/request_agent", ANN).statusCode()).isEqualTo(503);
        assertThat(router.post("/request_agent", ANN.replace("visit-1", "visit-2"))
                        .statusCode())
                .isEqualTo(503);
        assertThat(router.post("/request_agent", ANN.replace("ann", "bob")).statusCode())
                .isEqualTo(503);
        assertThat(router.post("/request_agent", "{\"provider_data\":{\"worker_name\":5}}")
                        .statusCode())
                .isEqualTo(503);
    }

    @Test
    void aPageThatReturnsToItsSocketIsToldToo() throws Exception {
        endsAs("completed");

        TestSocket page = router.socket().sendPacket("alive", "agent-1", "{}");

        assertThat(page.next().at("/data/status").asText()).isEqualTo("completed");
    }

    @Test
    void whileTheSystemIsThereItDecides() throws Exception {
        router.router
                .channel()
                .enqueueSend(
                        Packet.of(PacketType.UPDATE_STATUS, "agent-1", JsonValue.ofText("{\"status\":\"completed\"}")));

        HttpResponse<String> answer = router.post("/request_agent", ANN);

        assertThat(RouterFixture.json(answer).at("/data/agent_id").asText()).isEqualTo("agent-1");
    }

    private static final String SUBMIT_ONBOARDING =
            "{\"provider_data\":{\"USED_AGENT_ID\":\"onboarding_7\",\"onboarding_data\":{}}}";

    /** The worker is tried out, with the given outcome, and the agent that they have become, if any, ends. */
    private void isOnboardedAndEnds(@Nullable String outcome, String next, @Nullable String ending) throws Exception {
        router.system.answerWith((channel, packet) -> channel.enqueueSend(ScriptedSystem.details(
                packet, packet.type() == PacketType.REGISTER_AGENT ? "onboarding_7" : next)));
        router.post("/request_agent", ANN.replace("visit-1", "visit-2"));
        if (outcome != null) {
            send("onboarding_7", outcome);
        }
        if (ending != null) {
            router.post("/submit_onboarding", SUBMIT_ONBOARDING);
            send(next, ending);
        }
        router.router.channel().close();
        router.get("/is_alive");
    }

    private void send(String agentId, String status) {
        router.router
                .channel()
                .enqueueSend(Packet.of(
                        PacketType.UPDATE_STATUS, agentId, JsonValue.ofText("{\"status\":\"" + status + "\"}")));
    }

    @ParameterizedTest
    @CsvSource({"completed, ALREADY_COMPLETED", "partner disconnect, PARTNER_LEFT", "timeout, TASK_MISSING"})
    void aPageThatOnlyKnowsItsOnboardingLearnsHowTheUnitEnded(String status, String code) throws Exception {
        isOnboardedAndEnds("approved", "agent-9", status);

        HttpResponse<String> again = router.post("/submit_onboarding", SUBMIT_ONBOARDING);
        HttpResponse<String> registered = router.post("/request_agent", ANN.replace("visit-1", "visit-2"));
        TestSocket page = router.socket().sendPacket("alive", "onboarding_7", "{}");

        assertThat(RouterFixture.json(again).at("/data/failure_code").asText()).isEqualTo(code);
        assertThat(RouterFixture.json(registered).at("/data/failure_code").asText())
                .isEqualTo(code);
        assertThat(page.next().at("/data/status").asText()).isEqualTo(status);
    }

    @Test
    void aUnitThatTheSecondRegistrationBroughtIsFoundFromTheOnboardingToo() throws Exception {
        router.system.answerWith((channel, packet) ->
                channel.enqueueSend(ScriptedSystem.details(packet, "onboarding_7")));
        router.post("/request_agent", ANN.replace("visit-1", "visit-2"));
        router.system.answerWith(ScriptedSystem::acceptAll);
        router.post("/request_agent", ANN.replace("visit-1", "visit-2"));
        endsAs("completed");

        HttpResponse<String> answer = router.post("/submit_onboarding", SUBMIT_ONBOARDING);

        assertThat(RouterFixture.json(answer).at("/data/failure_code").asText()).isEqualTo("ALREADY_COMPLETED");
    }

    @ParameterizedTest
    @CsvSource({"rejected, NOT_QUALIFIED", "disconnect, TASK_MISSING"})
    void anOnboardingThatLedToNothingIsAnsweredWithHowItEnded(String outcome, String code) throws Exception {
        isOnboardedAndEnds(outcome, "agent-9", null);

        HttpResponse<String> answer = router.post("/request_agent", ANN.replace("visit-1", "visit-2"));

        assertThat(RouterFixture.json(answer).at("/data/failure_code").asText()).isEqualTo(code);
    }

    @Test
    void whileTheUnitAfterAnOnboardingIsAtWorkItsPageMustWait() throws Exception {
        isOnboardedAndEnds("approved", "agent-9", "waiting");

        HttpResponse<String> again = router.post("/submit_onboarding", SUBMIT_ONBOARDING);
        TestSocket page = router.socket().sendPacket("alive", "onboarding_7", "{}");

        assertThat(again.statusCode()).isEqualTo(503);
        // Not "waiting", by which a chat page would submit its onboarding.
        assertThat(page.next().at("/data/status").asText()).isEqualTo("approved");
    }

    @Test
    void anOnboardingThatWasPassedAndLedToNoUnitYetMustWait() throws Exception {
        isOnboardedAndEnds("approved", "agent-9", null);

        HttpResponse<String> answer = router.post("/request_agent", ANN.replace("visit-1", "visit-2"));

        assertThat(answer.statusCode()).isEqualTo(503);
    }
}
