package org.mephisto.supervisor.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mephisto.router.BlockedEventLoopCheck;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/** The channel to a router that speaks the original's dialect. */
@Timeout(60)
class ForeignRouterTest {
    @RegisterExtension
    static final BlockedEventLoopCheck LOOPS = new BlockedEventLoopCheck();

    private final Vertx vertx = Vertx.vertx();
    private final Recorder listener = new Recorder();
    private ScriptedForeignRouter router;
    private WebSocketChannel channel;

    @BeforeEach
    void start() throws Exception {
        router = new ScriptedForeignRouter(vertx);
        router.answerStatuses("{\"agent-1\":\"disconnect\",\"agent-2\":\"in task\"}");
        channel = new WebSocketChannel(vertx, router.url(), "the-secret-of-this-test", 100);
        channel.open(listener);
    }

    @AfterEach
    void stop() throws Exception {
        channel.close();
        router.close();
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private void send(PacketType type, String subject, String data) {
        assertThat(channel.enqueueSend(Packet.of(type, subject, JsonValue.ofText(data))))
                .isTrue();
    }

    private List<String> nextTypes(int count) throws InterruptedException {
        List<String> types = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            types.add(router.next().path("packet_type").asText());
        }
        return types;
    }

    @Test
    void itIsGreetedAndAskedForStatusesAndItsAnswerIsPassedOn() throws Exception {
        JsonNode alive = router.next();
        JsonNode question = router.next();
        Packet answer = listener.next();

        assertThat(channel.isAlive()).isTrue();
        assertThat(alive.path("packet_type").asText()).isEqualTo("alive");
        assertThat(alive.path("subject_id").asText()).isEqualTo("mephisto");
        assertThat(question.path("packet_type").asText()).isEqualTo("request_statuses");
        assertThat(question.path("server_timestamp").isNumber()).isTrue();
        assertThat(answer.type()).isEqualTo(PacketType.RETURN_STATUSES);
        assertThat(answer.data().node().path("agent-1").asText()).isEqualTo("disconnect");
    }

    @Test
    void itIsAskedAgainEveryFewSeconds() throws Exception {
        nextTypes(2);

        assertThat(nextTypes(2)).containsExactly("request_statuses", "request_statuses");
    }

    @Test
    void itIsNeverSentWhatItWouldStumbleOver() throws Exception {
        nextTypes(2);

        send(PacketType.ALIVE, "agent-1", "{\"status\":\"in task\"}");
        send(PacketType.FLOW_CONTROL, "agent-1", "{\"hold\":true}");
        send(PacketType.ACKNOWLEDGE, "agent-1", "{\"request_id\":null}");
        send(PacketType.HEARTBEAT, "agent-1", "{}");
        send(PacketType.CLIENT_BOUND_LIVE_UPDATE, "agent-1", "{\"n\":1}");

        assertThat(nextTypes(1)).containsExactly("client_bound_live_update");
    }

    @Test
    void itLearnsAnAgentsStatusWithTheAgent() throws Exception {
        nextTypes(2);

        send(PacketType.AGENT_DETAILS, "r1", "{\"request_id\":\"r1\",\"agent_id\":\"agent-7\",\"status\":\"in task\"}");
        send(PacketType.AGENT_DETAILS, "r2", "{\"request_id\":\"r2\",\"agent_id\":null}");
        send(PacketType.UPDATE_STATUS, "agent-7", "{\"status\":\"completed\"}");

        assertThat(router.next().at("/data/request_id").asText()).isEqualTo("r1");
        JsonNode status = router.next();
        assertThat(status.path("packet_type").asText()).isEqualTo("update_status");
        assertThat(status.path("subject_id").asText()).isEqualTo("agent-7");
        assertThat(status.at("/data/status").asText()).isEqualTo("in task");
        assertThat(router.next().at("/data/request_id").asText()).isEqualTo("r2");
        assertThat(router.next().at("/data/status").asText()).isEqualTo("completed");
    }

    @Test
    void aSubmissionIsItsPayloadAndWhatItSaysOfFilesIsTakenOut() throws Exception {
        listener.next();

        router.send("{\"packet_type\":\"submit_unit\",\"subject_id\":\"agent-1\",\"data\":{\"label\":\"good\"}}");
        router.send(
                "{\"packet_type\":\"submit_unit\",\"subject_id\":\"agent-1\",\"data\":{\"label\":\"good\",\"files\":"
                        + "[{\"fieldname\":\"photo\",\"originalname\":\"a.png\",\"encoding\":\"7bit\",\"mimetype\":\"image/png\","
                        + "\"destination\":\"/tmp/\",\"filename\":\"17-a.png\",\"path\":\"/tmp/17-a.png\",\"size\":5}]}}");
        router.send("{\"packet_type\":\"submit_metadata\",\"subject_id\":\"agent-1\",\"data\":{\"tips\":{}}}");

        assertThat(listener.next().data().text()).isEqualTo("{\"final_data\":{\"label\":\"good\"}}");
        JsonNode withFile = listener.next().data().node();
        assertThat(withFile.at("/final_data").toString()).isEqualTo("{\"label\":\"good\"}");
        assertThat(withFile.at("/files/0").toString())
                .isEqualTo("{\"filename\":\"17-a.png\",\"originalname\":\"a.png\",\"fieldname\":\"photo\","
                        + "\"mimetype\":\"image/png\",\"size\":5}");
        assertThat(listener.next().data().text()).isEqualTo("{\"metadata\":{\"tips\":{}}}");
    }

    @Test
    void aLostConnectionIsMadeAgainAndWhatWaitedIsSent() throws Exception {
        nextTypes(2);
        router.cut();
        assertThat(listener.lost.await(10, TimeUnit.SECONDS)).isTrue();
        send(PacketType.UPDATE_STATUS, "agent-1", "{\"status\":\"waiting\"}");

        assertThat(listener.back.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(nextTypes(3)).containsExactly("alive", "request_statuses", "update_status");
    }
}
