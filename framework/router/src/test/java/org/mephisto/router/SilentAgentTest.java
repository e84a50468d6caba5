package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/** Agents of whom nothing is heard for longer than their page may be silent. */
@Timeout(60)
class SilentAgentTest {
    @RegisterExtension
    static final BlockedEventLoopCheck LOOPS = new BlockedEventLoopCheck();

    @TempDir
    Path directory;

    private RouterFixture router;

    @BeforeEach
    void start() throws Exception {
        router = RouterFixture.start(
                directory,
                options -> options.withLimits(RouterOptions.Limits.DEFAULT.withPageSilence(Duration.ofSeconds(2))));
        router.register();
    }

    @AfterEach
    void stop() throws Exception {
        router.close();
    }

    @Test
    void theSystemIsToldOfAnAgentOfWhomNothingIsHeard() throws Exception {
        router.systemSends(PacketType.UPDATE_STATUS, "{\"status\":\"in task\"}");

        Packet report = router.system.next();

        assertThat(report.type()).isEqualTo(PacketType.RETURN_STATUSES);
        assertThat(report.data().text()).isEqualTo("{\"agent-1\":\"disconnect\"}");
    }

    @Test
    void garbageIsNoSignOfLife() throws Exception {
        TestSocket page = pageThatIsHere();

        reportWhile(() -> page.send("garbage"));

        assertThat(page.hasNothingBeforeTheNextHeartbeat()).isTrue();
    }

    @Test
    void aMessageThatNeverEndsIsNoSignOfLife() throws Exception {
        TestSocket page = pageThatIsHere();

        reportWhile(() -> page.sendUnfinished("{"));

        page.abort();
    }

    @Test
    void aPageThatIsHeldBackIsNotSilentAndIsToldThatTheSystemIsThere() throws Exception {
        TestSocket page = pageThatIsHere();
        page.sendPacket("heartbeat", "agent-1", "{}");
        assertThat(page.nextOf("heartbeat").at("/data/last_mephisto_ping").asLong())
                .isBetween(1_000_500L, 1_015_000L);
        router.systemSends(PacketType.FLOW_CONTROL, "{\"hold\":true}");
        router.systemSends(PacketType.CLIENT_BOUND_LIVE_UPDATE, "{\"is\":\"held\"}");
        page.nextOf("client_bound_live_update");
        page.sendPacket("heartbeat", "agent-1", "{}");

        long first = page.nextOf("heartbeat").at("/data/last_mephisto_ping").asLong();
        long second = page.nextOf("heartbeat").at("/data/last_mephisto_ping").asLong();
        router.systemSends(PacketType.FLOW_CONTROL, "{\"hold\":false}");
        long afterwards =
                page.nextOf("heartbeat").at("/data/last_mephisto_ping").asLong();

        assertThat(second - first).isBetween(4_000L, 19_000L);
        assertThat(afterwards).isGreaterThanOrEqualTo(second);
        assertThat(router.system.rest()).isEmpty();
    }

    private TestSocket pageThatIsHere() throws Exception {
        router.systemSends(PacketType.UPDATE_STATUS, "{\"status\":\"in task\"}");
        TestSocket page = router.socket().sendPacket("alive", "agent-1", "{}");
        page.nextOf("update_status");
        return page;
    }

    /** Has the page send until the system side is told that it is silent, for less long than it would take to be refused for that. */
    private void reportWhile(Callable<?> sending) throws Exception {
        for (int i = 0; i < 80; i++) {
            sending.call();
            Optional<Packet> report = router.system.poll(Duration.ofMillis(100));
            if (report.isPresent()) {
                assertThat(report.get().data().text()).isEqualTo("{\"agent-1\":\"disconnect\"}");
                return;
            }
        }
        throw new AssertionError("The page counts as there.");
    }

    @Test
    void theSilenceOfAnAgentThatHasEndedIsNoNews() throws Exception {
        router.systemSends(PacketType.UPDATE_STATUS, "{\"status\":\"in task\"}");
        router.systemSends(PacketType.UPDATE_STATUS, "{\"status\":\"completed\"}");
        router.post("/request_agent", "{\"provider_data\":{}}");
        router.system.answerWith((channel, packet) -> channel.enqueueSend(
                ScriptedSystem.details(packet, "agent-" + packet.subjectId().length() + "2")));
        router.post("/request_agent", "{\"provider_data\":{}}");
        String second = "agent-" + router.system.next().subjectId().length() + "2";
        router.system.next();
        assertThat(router.router
                        .channel()
                        .enqueueSend(Packet.of(
                                PacketType.UPDATE_STATUS, second, JsonValue.ofText("{\"status\":\"in task\"}"))))
                .isTrue();

        Packet report = router.system.next();

        assertThat(report.data().node().fieldNames()).toIterable().containsExactly(second);
    }
}
