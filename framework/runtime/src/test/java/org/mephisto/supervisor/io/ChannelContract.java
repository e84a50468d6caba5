package org.mephisto.supervisor.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.router.BlockedEventLoopCheck;
import org.mephisto.router.RouterOptions;
import org.mephisto.router.RouterServer;
import org.mephisto.router.TestSocket;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Channel;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/** What every channel promises, against a real router and real pages. */
@Timeout(60)
abstract class ChannelContract {
    static final String SECRET = "the-secret-of-this-test";
    private static final int MANY = 500;

    @RegisterExtension
    static final BlockedEventLoopCheck LOOPS = new BlockedEventLoopCheck();

    @TempDir
    Path directory;

    final Vertx vertx = Vertx.vertx();
    final HttpClient client = HttpClient.newHttpClient();
    final Recorder listener = new Recorder();
    RouterServer router;
    Channel channel;

    /** The channel under test to this router, not yet open. */
    abstract Channel channelTo(RouterServer router);

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(directory.resolve("build"));
        router = startRouter(0);
        channel = channelTo(router);
    }

    RouterServer startRouter(int port) {
        return RouterServer.start(
                vertx,
                RouterOptions.of("localhost", port, directory.resolve("build"), directory.resolve("uploads"))
                        .withChannelSecret(SECRET));
    }

    @AfterEach
    void stop() throws Exception {
        channel.close();
        router.close();
        client.close();
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void packetsOfAPageArriveInTheirOrder() throws Exception {
        channel.open(listener);
        TestSocket page = pageOfAgent();

        for (int i = 0; i < MANY; i++) {
            page.sendPacket("mephisto_bound_live_update", "agent-1", "{\"n\":" + i + "}");
        }

        for (int i = 0; i < MANY; i++) {
            Packet packet = listener.next();
            assertThat(packet.subjectId()).isEqualTo("agent-1");
            assertThat(packet.data().text()).isEqualTo("{\"n\":" + i + "}");
            assertThat(packet.timestamps().client()).isEqualTo(1000.5);
        }
    }

    @Test
    void aPauseFollowsWhatPagesHaveSent() throws Exception {
        channel.open(listener);
        TestSocket page = pageOfAgent();

        page.sendPacket("mephisto_bound_live_update", "agent-1", "{}");
        listener.awaitPauseAfter(1);
        page.sendPacket("mephisto_bound_live_update", "agent-1", "{}");
        page.sendPacket("mephisto_bound_live_update", "agent-1", "{}");
        listener.awaitPauseAfter(3);
    }

    @Test
    void packetsToAPageArriveInTheirOrder() throws Exception {
        channel.open(listener);
        TestSocket page = pageOfAgent();

        for (int i = 0; i < MANY; i++) {
            send(PacketType.CLIENT_BOUND_LIVE_UPDATE, "agent-1", "{\"n\":" + i + "}");
        }

        for (int i = 0; i < MANY; i++) {
            assertThat(page.nextOf("client_bound_live_update").at("/data/n").asInt())
                    .isEqualTo(i);
        }
    }

    @Test
    void whatPagesAndSystemSayAtOnceArrivesOnceAndInOrder() throws Exception {
        channel.open(listener);
        TestSocket page = pageOfAgent();

        talkBothWays(page, 3_000);

        assertThat(listener.rest()).isEmpty();
    }

    /** Sends so many updates each way at the same time, and demands that each arrives once and in order. */
    final void talkBothWays(TestSocket page, int updates) throws Exception {
        Thread system = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < updates; i++) {
                Packet packet = Packet.of(
                        PacketType.CLIENT_BOUND_LIVE_UPDATE, "agent-1", JsonValue.ofText("{\"n\":" + i + "}"));
                while (!channel.enqueueSend(packet)) {
                    Thread.onSpinWait();
                }
            }
        });
        Thread worker = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < updates; i++) {
                try {
                    page.sendPacket("mephisto_bound_live_update", "agent-1", "{\"n\":" + i + "}");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        for (int i = 0; i < updates; i++) {
            assertThat(listener.next().data().text()).isEqualTo("{\"n\":" + i + "}");
            assertThat(page.nextOf("client_bound_live_update").at("/data/n").asInt())
                    .isEqualTo(i);
        }
        system.join();
        worker.join();
    }

    @Test
    void aRegistrationIsAnsweredAndASubmissionAcknowledged() throws Exception {
        listener.answering = true;
        channel.open(listener);

        HttpResponse<String> registered = post("/request_agent", "{\"provider_data\":{\"name\":\"Zoë\"}}");
        HttpResponse<String> submitted =
                post("/submit_task", "{\"USED_AGENT_ID\":\"agent-7\",\"final_data\":{\"a\":1}}");

        assertThat(Json.parse(registered.body()).at("/data/agent_id").asText()).isEqualTo("agent-7");
        assertThat(submitted.body()).isEqualTo("{\"status\": \"Submitted!\"}");
        assertThat(listener.next().data().node().at("/provider_data/name").asText())
                .isEqualTo("Zoë");
    }

    @Test
    void beforeItIsOpenAChannelTakesNothing() {
        assertThat(channel.isAlive()).isFalse();
        assertThat(channel.isClosed()).isFalse();
        assertThat(channel.name()).contains(String.valueOf(router.url().getPort()));
        assertThat(channel.enqueueSend(status("agent-1"))).isFalse();
    }

    @Test
    void anOpenChannelIsAliveAndIsOpenedOnce() {
        channel.open(listener);

        assertThat(channel.isAlive()).isTrue();
        assertThatThrownBy(() -> channel.open(listener)).isInstanceOf(MephistoException.class);
        assertThat(channel.isAlive()).isTrue();
    }

    @Test
    void aClosedChannelTakesNothingAndClosesOnce() {
        channel.open(listener);

        channel.close();
        channel.close();

        assertThat(channel.isClosed()).isTrue();
        assertThat(channel.isAlive()).isFalse();
        assertThat(channel.enqueueSend(status("agent-1"))).isFalse();
        assertThatThrownBy(() -> channel.open(listener)).isInstanceOf(MephistoException.class);
    }

    @Test
    void whatWasEnqueuedBeforeClosingIsStillSent() throws Exception {
        channel.open(listener);
        TestSocket page = pageOfAgent();

        for (int i = 0; i < 50; i++) {
            send(PacketType.CLIENT_BOUND_LIVE_UPDATE, "agent-1", "{\"n\":" + i + "}");
        }
        channel.close();

        for (int i = 0; i < 50; i++) {
            assertThat(page.nextOf("client_bound_live_update").at("/data/n").asInt())
                    .isEqualTo(i);
        }
    }

    @Test
    void aRouterThatClosesIsNoticed() throws Exception {
        channel.open(listener);

        router.close();

        assertThat(listener.lost.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(channel.isAlive()).isFalse();
    }

    @Test
    void aListenerThatFailsLosesThatPacketAlone() throws Exception {
        channel.open(listener);
        TestSocket page = pageOfAgent();
        listener.failures = 1;

        page.sendPacket("log_error", "agent-1", "{\"n\":1}");
        page.sendPacket("log_error", "agent-1", "{\"n\":2}");

        assertThat(listener.next().data().text()).isEqualTo("{\"n\":2}");
    }

    @Test
    void anUpdateThatIsRefusedIsNotAcknowledgedAndMayBeSentAgain() throws Exception {
        channel.open(listener);
        TestSocket page = pageOfAgent();
        page.sendPacket("alive", "agent-1", "{\"acknowledge\":true}");
        listener.failures = 1;

        page.sendPacket("mephisto_bound_live_update", "agent-1", "{\"update_id\":\"u1\"}");
        page.sendPacket("mephisto_bound_live_update", "agent-1", "{\"update_id\":\"u2\"}");
        List<String> first = nextAcknowledged(page);
        page.sendPacket("mephisto_bound_live_update", "agent-1", "{\"update_id\":\"u1\"}");
        List<String> second = nextAcknowledged(page);

        assertThat(first).containsExactly("u2");
        assertThat(second).containsExactly("u1");
        assertThat(List.of(listener.next(), listener.next()))
                .extracting(packet -> packet.data().string("update_id").orElseThrow())
                .containsExactly("u2", "u1");
    }

    private static List<String> nextAcknowledged(TestSocket page) throws InterruptedException {
        return page.nextOf("acknowledge")
                .at("/data/update_ids")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    /** A page's socket, bound to {@code agent-1}. */
    TestSocket pageOfAgent() throws Exception {
        send(PacketType.UPDATE_STATUS, "agent-1", "{\"status\":\"in task\"}");
        TestSocket page = TestSocket.open(client, router.url(), "");
        page.sendPacket("alive", "agent-1", "{}");
        // The router has asked for the agent when the page sits there, and passes updates on when it has the answer.
        assertThat(listener.asked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(page.next().at("/data/status").asText()).isEqualTo("in task");
        return page;
    }

    void send(PacketType type, String agentId, String data) {
        assertThat(channel.enqueueSend(Packet.of(type, agentId, JsonValue.ofText(data))))
                .isTrue();
    }

    static Packet status(String agentId) {
        return Packet.of(PacketType.UPDATE_STATUS, agentId, JsonValue.ofText("{\"status\":\"waiting\"}"));
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(router.url() + path.substring(1)))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
