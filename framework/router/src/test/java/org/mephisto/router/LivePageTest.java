package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Channel;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/** Pages that come, go and flood. */
@Timeout(60)
class LivePageTest {
    @RegisterExtension
    static final BlockedEventLoopCheck LOOPS = new BlockedEventLoopCheck();

    @TempDir
    Path directory;

    private RouterFixture router;

    @BeforeEach
    void start() throws Exception {
        router = RouterFixture.start(directory);
        router.register();
    }

    @AfterEach
    void stop() throws Exception {
        router.close();
    }

    @Test
    void aPageThatConnectsGetsWhatTheSystemSaysItHasMissedAndInThatOrder() throws Exception {
        AtomicReference<Channel> asked = new AtomicReference<>();
        router.system.answerWith((channel, packet) -> asked.set(channel));
        TestSocket page = router.socket().sendPacket("alive", "agent-1", "{}");
        assertThat(page.next().path("packet_type").asText()).isEqualTo("update_status");
        router.system.nextAlive();

        router.systemSends(PacketType.CLIENT_BOUND_LIVE_UPDATE, "{\"n\":2}");
        router.systemSends(PacketType.ALIVE, "{}");
        router.systemSends(PacketType.CLIENT_BOUND_LIVE_UPDATE, "{\"n\":1}");
        router.systemSends(PacketType.CLIENT_BOUND_LIVE_UPDATE, "{\"n\":2}");

        assertThat(asked.get()).isNotNull();
        assertThat(page.next().at("/data/n").asInt()).isEqualTo(1);
        assertThat(page.next().at("/data/n").asInt()).isEqualTo(2);
        assertThat(page.hasNothingBeforeTheNextHeartbeat()).isTrue();
    }

    @Test
    void aPageWhoseAgentHadToBeAskedForGetsWhatItHasMissedOnce() throws Exception {
        router.system.answerWith(LivePageTest::resume);

        TestSocket page = router.socket().sendPacket("alive", "agent-2", "{}");

        assertThat(page.next().path("packet_type").asText()).isEqualTo("update_status");
        assertThat(page.next().at("/data/n").asInt()).isEqualTo(1);
        assertThat(page.hasNothingBeforeTheNextHeartbeat()).isTrue();
    }

    @Test
    void whatAPageHasMissedIsAskedForAgainWhenTheSystemHasNotAnswered() throws Exception {
        router.system.answerWith((channel, packet) -> {});
        TestSocket page = router.socket().sendPacket("alive", "agent-1", "{}");
        router.system.nextAlive();
        router.system.answerWith(LivePageTest::resume);

        JsonNode frame = page.next();
        while (!frame.path("packet_type").asText().equals("client_bound_live_update")) {
            page.sendPacket("heartbeat", "agent-1", "{}");
            frame = page.next();
        }

        assertThat(frame.at("/data/n").asInt()).isEqualTo(1);
    }

    @Test
    void whatAPageHasSaidBeforeItLeftCountsWhenItsAgentIsConfirmedLater() throws Exception {
        TestSocket page = router.socket().sendPacket("mephisto_bound_live_update", "agent-2", "{\"n\":1}");
        router.system.nextAlive();
        page.close();

        router.systemSends(PacketType.ALIVE, "agent-2", "{\"status\":\"in task\"}");

        assertThat(router.system.next().data().text()).isEqualTo("{\"n\":1}");
    }

    /** Answers the question for an agent as our system side does: with all that its page has missed. */
    private static void resume(Channel channel, Packet question) {
        if (question.type() == PacketType.ALIVE) {
            channel.enqueueSend(Packet.of(PacketType.ALIVE, question.subjectId(), JsonValue.emptyObject()));
            channel.enqueueSend(Packet.of(
                    PacketType.CLIENT_BOUND_LIVE_UPDATE, question.subjectId(), JsonValue.ofText("{\"n\":1}")));
        }
    }

    @Test
    void aPageThatReadsTooSlowlyIsSentAwayAndDisturbsNobody() throws Exception {
        router.system.answerWith((channel, packet) -> {
            if (packet.type() == PacketType.ALIVE) {
                channel.enqueueSend(Packet.of(PacketType.ALIVE, packet.subjectId(), JsonValue.emptyObject()));
            }
        });
        router.systemSends(PacketType.UPDATE_STATUS, "agent-2", "{\"status\":\"in task\"}");
        TestSocket slow = router.socket().sendPacket("alive", "agent-1", "{}");
        slow.next();
        router.system.nextAlive();
        TestSocket other = router.socket().sendPacket("alive", "agent-2", "{}");
        other.next();
        slow.stopReading();

        String large = "{\"text\":\"" + "x".repeat(100_000) + "\"}";
        for (int i = 0; i < 400; i++) {
            router.systemSends(PacketType.CLIENT_BOUND_LIVE_UPDATE, "agent-1", large);
            router.systemSends(PacketType.CLIENT_BOUND_LIVE_UPDATE, "agent-2", "{\"n\":" + i + "}");
            assertThat(other.next().at("/data/n").asInt()).isEqualTo(i);
        }
        slow.readOn();

        assertThat(slow.closeCode()).isEqualTo(1013);
        router.system.nextAlive();
        TestSocket back = router.socket().sendPacket("alive", "agent-1", "{}");
        assertThat(back.next().path("packet_type").asText()).isEqualTo("update_status");
        assertThat(router.system.nextAlive().subjectId()).isEqualTo("agent-1");
    }

    /** Where a frame's length is written in more bytes, too. */
    @Test
    void framesOfEveryLengthArriveWhole() throws Exception {
        TestSocket page = router.socket().sendPacket("alive", "agent-1", "{}");
        page.next();
        int around = PacketCodec.frame(
                        Packet.of(PacketType.CLIENT_BOUND_LIVE_UPDATE, "agent-1", JsonValue.ofText("{\"text\":\"\"}")))
                .length;

        for (int frame : new int[] {around, around + 1, 0xFFFF, 0x10000, 300_000}) {
            String text = "x".repeat(frame - around);
            router.systemSends(PacketType.CLIENT_BOUND_LIVE_UPDATE, "{\"text\":\"" + text + "\"}");

            assertThat(page.next().at("/data/text").asText()).isEqualTo(text);
        }
        assertThat(page.hasNothingBeforeTheNextHeartbeat()).isTrue();
    }

    @Test
    void aForeignSystemsUpdatesWaitForAPageThatIsAway() throws Exception {
        TestSocket first = router.socket().sendPacket("alive", "agent-1", "{}");
        first.next();
        router.router.channel().close();
        router.get("/is_alive");
        TestSocket foreign = TestSocket.open(
                router.client, router.router.url(), "", "Authorization", "Bearer " + RouterFixture.SECRET);
        first.close();
        foreign.send(updateFor("agent-1", 1));
        foreign.send(updateFor("agent-1", 2));

        TestSocket second = router.socket().sendPacket("mephisto_bound_live_update", "agent-1", "{\"queued\":1}");

        assertThat(foreign.next().at("/data/queued").asInt()).isEqualTo(1);
        assertThat(second.next().path("packet_type").asText()).isEqualTo("update_status");
        assertThat(second.next().at("/data/n").asInt()).isEqualTo(1);
        assertThat(second.next().at("/data/n").asInt()).isEqualTo(2);
    }

    private static String updateFor(String agentId, int n) {
        return "{\"packet_type\":\"client_bound_live_update\",\"subject_id\":\"" + agentId + "\",\"data\":{\"n\":" + n
                + "}}";
    }

    @Test
    void arrivedUpdatesAreAcknowledgedToAPageThatAsksForIt() throws Exception {
        TestSocket page = router.socket().sendPacket("alive", "agent-1", "{\"update_id\":\"a\",\"acknowledge\":true}");
        page.next();

        page.sendPacket("mephisto_bound_live_update", "agent-1", "{\"update_id\":\"u1\"}");
        page.sendPacket("mephisto_bound_live_update", "agent-1", "{\"update_id\":\"u2\"}");

        List<String> acknowledged = new ArrayList<>();
        while (acknowledged.size() < 2) {
            JsonNode packet = page.next();
            assertThat(packet.path("packet_type").asText()).isEqualTo("acknowledge");
            packet.at("/data/update_ids").forEach(id -> acknowledged.add(id.asText()));
        }
        assertThat(acknowledged).containsExactly("u1", "u2");
    }

    @Test
    void aPageThatIsHeldBackIsReadAgainWhenItMayGoOn() throws Exception {
        TestSocket page = router.socket().sendPacket("alive", "agent-1", "{}");
        page.next();
        router.systemSends(PacketType.FLOW_CONTROL, "{\"hold\":true}");
        router.register();
        page.sendPacket("mephisto_bound_live_update", "agent-1", "{\"n\":1}");
        router.register();
        assertThat(router.system.rest()).isEmpty();

        router.systemSends(PacketType.FLOW_CONTROL, "{\"hold\":false}");

        assertThat(router.system.next().data().text()).isEqualTo("{\"n\":1}");
    }
}
