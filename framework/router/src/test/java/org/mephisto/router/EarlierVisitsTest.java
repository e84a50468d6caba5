package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
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
}
