package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/** Our own system side's messages, byte by byte as a test wants them. */
@Timeout(60)
class RemoteChannelTest {
    @RegisterExtension
    static final BlockedEventLoopCheck LOOPS = new BlockedEventLoopCheck();

    @TempDir
    Path directory;

    private RouterFixture router;

    @BeforeEach
    void start() throws Exception {
        router = RouterFixture.withoutSystem(directory, options -> options);
    }

    @AfterEach
    void stop() throws Exception {
        router.close();
    }

    /** A system side of this session that has got the router's hello and has dealt with so many packets of its. */
    private TestSocket system(String session, String routersSession, long received) throws Exception {
        TestSocket socket = TestSocket.open(
                router.client,
                router.router.url(),
                "",
                "Authorization",
                "Bearer " + RouterFixture.SECRET,
                "Mephisto-Channel",
                "1");
        socket.sendPacket(
                "alive",
                "mephisto",
                "{\"channel\":{\"version\":1,\"session\":\"" + session + "\",\"peer\":\"" + routersSession
                        + "\",\"received\":" + received + "}}");
        return socket;
    }

    private static String session(TestSocket system) throws Exception {
        return system.next().at("/channel/session").asText();
    }

    /** A page at which {@code agent-1} is, which the system side has named in its first packet. */
    private TestSocket page(TestSocket system) throws Exception {
        system.send(batch(0, 1, statusOf("agent-1", "in task")));
        TestSocket page = router.socket().sendPacket("alive", "agent-1", "{\"acknowledge\":true}");
        while (!page.next().at("/data/status").asText().equals("in task")) {
            page.sendPacket("alive", "agent-1", "{\"acknowledge\":true}");
        }
        return page;
    }

    private static String batch(long received, long first, String... packets) {
        return "{\"received\":" + received + ",\"first\":" + first + ",\"packets\":[" + String.join(",", packets)
                + "]}";
    }

    private static String statusOf(String agentId, String status) {
        return PacketCodec.write(
                Packet.of(PacketType.UPDATE_STATUS, agentId, JsonValue.ofText("{\"status\":\"" + status + "\"}")));
    }

    /** The next so many live updates' ids, over as many batches as they come in; the last batch's end is {@link #lastNumber}. */
    private List<String> nextUpdates(TestSocket system, int count) throws Exception {
        List<String> updates = new ArrayList<>();
        while (updates.size() < count) {
            JsonNode message = system.next();
            long number = message.path("first").asLong();
            for (JsonNode packet : message.path("packets")) {
                lastNumber = number++;
                if (packet.path("packet_type").asText().equals("mephisto_bound_live_update")) {
                    updates.add(packet.at("/data/update_id").asText());
                }
            }
        }
        return updates;
    }

    private long lastNumber;

    private static void say(TestSocket page, String updateId) throws Exception {
        page.sendPacket("mephisto_bound_live_update", "agent-1", "{\"update_id\":\"" + updateId + "\"}");
    }

    @Test
    void aPageIsToldThatAnUpdateHasArrivedOnlyWhenTheSystemSaysSo() throws Exception {
        TestSocket system = system("s", "", 0);
        session(system);
        TestSocket page = page(system);

        say(page, "u1");
        nextUpdates(system, 1);
        assertThat(page.hasNothingBeforeTheNextHeartbeat()).isTrue();
        system.send("{\"received\":" + lastNumber + "}");

        assertThat(page.next().at("/data/update_ids/0").asText()).isEqualTo("u1");
    }

    @Test
    void whatABrokenConnectionTookWithItComesAgainOnTheNext() throws Exception {
        TestSocket system = system("s", "", 0);
        String routers = session(system);
        TestSocket page = page(system);
        say(page, "u1");
        nextUpdates(system, 1);
        long dealtWith = lastNumber;
        say(page, "u2");
        nextUpdates(system, 1);

        TestSocket again = system("s", routers, dealtWith);
        say(page, "u3");

        assertThat(again.next().at("/channel/received").asLong()).isEqualTo(1);
        assertThat(nextUpdates(again, 2)).containsExactly("u2", "u3");
        assertThat(page.next().at("/data/update_ids/0").asText()).isEqualTo("u1");
    }

    @Test
    void aSystemSideThatStartedAnewGetsWhatTheOldOneHadNotConfirmed() throws Exception {
        TestSocket old = system("s", "", 0);
        session(old);
        TestSocket page = page(old);
        say(page, "u1");
        say(page, "u2");
        nextUpdates(old, 2);

        TestSocket fresh = system("t", "", 0);
        session(fresh);

        assertThat(old.closeCode()).isEqualTo(4001);
        assertThat(nextUpdates(fresh, 2)).containsExactly("u1", "u2");
        fresh.send("{\"received\":" + lastNumber + "}");
        assertThat(page.next().at("/data/update_ids").size()).isEqualTo(2);
    }

    @Test
    void aPacketThatComesTwiceIsTakenOnce() throws Exception {
        TestSocket system = system("s", "", 0);
        session(system);
        TestSocket page = page(system);
        String waiting = statusOf("agent-1", "waiting");

        system.send(batch(0, 1, statusOf("agent-1", "in task"), waiting));
        system.send(batch(0, 2, waiting));
        system.send(batch(0, 3, statusOf("agent-1", "completed")));

        assertThat(page.next().at("/data/status").asText()).isEqualTo("waiting");
        assertThat(page.next().at("/data/status").asText()).isEqualTo("completed");
    }

    @Test
    void whenTheSystemHadToLetPacketsFallItIsAskedForAllThatPagesHaveMissed() throws Exception {
        TestSocket system = system("s", "", 0);
        session(system);
        page(system);
        JsonNode first = system.next();
        while (!first.has("packets")) {
            first = system.next();
        }
        assertThat(first.at("/packets/0/packet_type").asText()).isEqualTo("alive");

        system.send("{\"received\":1,\"first\":2,\"lost\":true,\"packets\":[" + statusOf("agent-1", "in task") + "]}");

        JsonNode again = system.next();
        while (!again.has("packets")) {
            again = system.next();
        }
        assertThat(again.at("/packets/0/packet_type").asText()).isEqualTo("alive");
        assertThat(again.at("/packets/0/subject_id").asText()).isEqualTo("agent-1");
    }

    @Test
    void afterAGapTheConnectionIsMadeAnew() throws Exception {
        TestSocket system = system("s", "", 0);
        session(system);

        system.send(batch(0, 3, statusOf("agent-1", "in task")));

        assertThat(system.closeCode()).isEqualTo(1002);
    }

    @Test
    void aSystemSideOfAnotherVersionIsSentAway() throws Exception {
        TestSocket system = TestSocket.open(
                router.client, router.router.url(), "?secret=" + RouterFixture.SECRET, "Mephisto-Channel", "9");

        system.sendPacket("alive", "mephisto", "{\"channel\":{\"version\":9}}");

        assertThat(system.closeCode()).isEqualTo(1002);
    }

    @Test
    void aRequestSurvivesAShortBreak() throws Exception {
        TestSocket system = system("s", "", 0);
        String routers = session(system);
        CompletableFuture<HttpResponse<String>> answer = registering();
        JsonNode first = system.next();
        String id = first.at("/packets/0/data/request_id").asText();
        system.abort();

        TestSocket again = system("s", routers, 0);
        again.next();
        JsonNode second = again.next();
        again.send(batch(
                1,
                1,
                "{\"packet_type\":\"agent_details\",\"subject_id\":\"x\",\"data\":{\"request_id\":\"" + id
                        + "\",\"agent_id\":\"agent-1\"}}"));

        assertThat(second.at("/packets/0/data/request_id").asText()).isEqualTo(id);
        assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void aRequestIsRefusedWhenTheSystemStaysAwayAndNotRepeatedWhenItReturns() throws Exception {
        TestSocket system = system("s", "", 0);
        String routers = session(system);
        CompletableFuture<HttpResponse<String>> answer = registering();
        system.next();
        system.abort();

        HttpResponse<String> refused = answer.get(20, TimeUnit.SECONDS);
        TestSocket again = system("s", routers, 0);
        again.next();

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(again.next().at("/packets/0/packet_type").asText()).isEqualTo("heartbeat");
    }

    private CompletableFuture<HttpResponse<String>> registering() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return router.post("/request_agent", "{\"provider_data\":{\"worker_name\":\"ann\"}}");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
