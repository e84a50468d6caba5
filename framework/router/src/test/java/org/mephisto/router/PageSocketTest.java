package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

@Timeout(60)
class PageSocketTest {
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
    void aliveIsAnsweredWithTheLastStatus() throws Exception {
        router.systemSends(PacketType.UPDATE_STATUS, "agent-1", "{\"status\":\"in task\"}");
        TestSocket page = router.socket();

        page.sendPacket("alive", "agent-1", "{\"update_id\":\"u\"}");

        JsonNode answer = page.next();
        assertThat(answer.path("packet_type").asText()).isEqualTo("update_status");
        assertThat(answer.path("subject_id").asText()).isEqualTo("agent-1");
        assertThat(answer.at("/data/status").asText()).isEqualTo("in task");
        assertThat(page.sendPacket("alive", "agent-1", "{}")
                        .next()
                        .at("/data/status")
                        .asText())
                .isEqualTo("in task");
    }

    @Test
    void anAgentWithoutAStatusYetIsAnsweredNone() throws Exception {
        assertThat(router.socket()
                        .sendPacket("alive", "agent-1", "{}")
                        .next()
                        .at("/data/status")
                        .asText())
                .isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1763000000.25", "1763000000250", "12.5"})
    void aHeartbeatIsAnsweredInMillisecondsByThePagesOwnClock(String clock) throws Exception {
        TestSocket page = router.socket();

        page.send("{\"packet_type\":\"heartbeat\",\"subject_id\":\"nobody\",\"client_timestamp\":" + clock + "}");

        double said = Double.parseDouble(clock);
        long expected = Math.round(said > 1e11 ? said : said * 1000);
        assertThat(page.next().at("/data/last_mephisto_ping").asLong()).isEqualTo(expected);
    }

    @Test
    void aHeartbeatWithoutATimeIsAnsweredWithoutOne() throws Exception {
        JsonNode answer =
                router.socket().send("{\"packet_type\":\"heartbeat\"}").next();

        assertThat(answer.path("packet_type").asText()).isEqualTo("heartbeat");
        assertThat(answer.path("data").has("last_mephisto_ping")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alive", "heartbeat", "mephisto_bound_live_update"})
    void anyFrameThatNamesTheAgentBringsItsPacketsHere(String type) throws Exception {
        TestSocket page = router.socket().sendPacket(type, "agent-1", "{}");
        if (type.equals("heartbeat")) {
            assertThat(page.next().path("packet_type").asText()).isEqualTo("heartbeat");
        }
        assertThat(page.next().path("packet_type").asText()).isEqualTo("update_status");

        router.systemSends(PacketType.CLIENT_BOUND_LIVE_UPDATE, "agent-1", "{\"text\":\"hi\",\"update_id\":\"1\"}");
        router.systemSends(PacketType.UPDATE_STATUS, "agent-1", "{\"status\":\"expired\"}");

        JsonNode update = page.next();
        assertThat(update.path("packet_type").asText()).isEqualTo("client_bound_live_update");
        assertThat(update.at("/data/text").asText()).isEqualTo("hi");
        assertThat(page.next().at("/data/status").asText()).isEqualTo("expired");
    }

    @Test
    void aPagesLiveUpdateReachesTheSystemWithItsTime() throws Exception {
        router.socket().sendPacket("mephisto_bound_live_update", "agent-1", "{\"text\":\"ünï\",\"update_id\":\"7\"}");

        Packet packet = router.system.next();
        assertThat(packet.type()).isEqualTo(PacketType.MEPHISTO_BOUND_LIVE_UPDATE);
        assertThat(packet.subjectId()).isEqualTo("agent-1");
        assertThat(packet.data().text()).isEqualTo("{\"text\":\"ünï\",\"update_id\":\"7\"}");
        assertThat(packet.timestamps().client()).isEqualTo(1000.5);
    }

    @Test
    void aThousandUpdatesArriveInTheirOrderInBothDirections() throws Exception {
        TestSocket page = router.socket();
        List<String> toSystem = new ArrayList<>();
        List<String> toPage = new ArrayList<>();
        page.sendPacket("alive", "agent-1", "{}").next();

        for (int i = 0; i < 1_000; i++) {
            page.sendPacket("mephisto_bound_live_update", "agent-1", "{\"n\":" + i + "}");
            router.systemSends(PacketType.CLIENT_BOUND_LIVE_UPDATE, "agent-1", "{\"n\":" + i + "}");
        }
        for (int i = 0; i < 1_000; i++) {
            toSystem.add(router.system.next().data().text());
            toPage.add(page.next().path("data").toString());
        }

        assertThat(toSystem).hasSize(1_000).first().isEqualTo("{\"n\":0}");
        assertThat(toPage).isEqualTo(toSystem);
        assertThat(toSystem.stream().map(text -> text.replaceAll("\\D", "")).mapToInt(Integer::parseInt))
                .isSorted();
    }

    @Test
    void theNewerSocketKeepsTheAgentThoughTheOlderStillSpeaks() throws Exception {
        TestSocket older = router.socket().sendPacket("alive", "agent-1", "{}");
        older.next();
        TestSocket newer = router.socket().sendPacket("alive", "agent-1", "{}");
        newer.next();
        older.sendPacket("mephisto_bound_live_update", "agent-1", "{\"from\":\"older\"}");
        assertThat(router.system.next().data().text()).contains("older");

        router.systemSends(PacketType.CLIENT_BOUND_LIVE_UPDATE, "agent-1", "{\"n\":1}");

        assertThat(newer.next().at("/data/n").asInt()).isEqualTo(1);
        assertThat(older.hasNothingBeforeTheNextHeartbeat()).isTrue();
    }

    @Test
    void ofTwoOpenTabsTheOneInWhichSomethingIsDoneHasTheAgent() throws Exception {
        TestSocket first = router.socket().sendPacket("alive", "agent-1", "{}");
        first.next();
        TestSocket second = router.socket().sendPacket("alive", "agent-1", "{}");
        second.next();

        // What the first says at once may still be late; what it says later is not.
        boolean hasAnswer = false;
        while (!hasAnswer) {
            first.sendPacket("mephisto_bound_live_update", "agent-1", "{\"question\":1}");
            router.system.next();
            router.systemSends(PacketType.CLIENT_BOUND_LIVE_UPDATE, "agent-1", "{\"answer\":1}");
            hasAnswer = !first.hasNothingBeforeTheNextHeartbeat();
        }

        assertThat(second.next().at("/data/answer").asInt()).isEqualTo(1);
    }

    @Test
    void anAgentThatNobodyAnnouncedGetsNothingAndSaysNothing() throws Exception {
        TestSocket stranger = router.socket();

        stranger.sendPacket("alive", "agent-99", "{}");
        stranger.sendPacket("mephisto_bound_live_update", "agent-99", "{\"n\":1}");

        assertThat(router.system.nextAlive().subjectId()).isEqualTo("agent-99");
        assertThat(stranger.hasNothingBeforeTheNextHeartbeat()).isTrue();
        assertThat(router.system.rest()).isEmpty();
    }

    @Test
    void anAgentThatTheSystemConfirmsIsTakenUpWithAllItHasSaid() throws Exception {
        TestSocket page = router.socket();
        page.sendPacket("heartbeat", "agent-5", "{}").next();
        page.sendPacket("mephisto_bound_live_update", "agent-5", "{\"n\":1}");
        assertThat(router.system.nextAlive().subjectId()).isEqualTo("agent-5");
        assertThat(page.hasNothingBeforeTheNextHeartbeat()).isTrue();

        router.systemSends(PacketType.UPDATE_STATUS, "agent-5", "{\"status\":\"in task\"}");

        assertThat(page.next().at("/data/status").asText()).isEqualTo("in task");
        assertThat(router.system.next().data().text()).isEqualTo("{\"n\":1}");
    }

    @Test
    void nobodySpeaksAsTheSystem() throws Exception {
        TestSocket page = router.socket();

        page.sendPacket("alive", "mephisto", "{}");
        page.sendPacket("update_status", "mephisto", "{\"status\":\"expired\"}");
        page.sendPacket("agent_details", "agent-1", "{\"agent_id\":\"agent-66\"}");
        page.sendPacket("mephisto_bound_live_update", "mephisto", "{}");

        assertThat(page.hasNothingBeforeTheNextHeartbeat()).isTrue();
        assertThat(router.system.rest()).isEmpty();
    }

    @Test
    void aMessageInSeveralFramesIsOneMessage() throws Exception {
        router.socket()
                .sendInTwo(
                        "{\"packet_type\":\"mephisto_bound_live_update\",\"subject_id\":\"agent-1\",\"data\":{\"a\":1}}");

        assertThat(router.system.next().data().text()).isEqualTo("{\"a\":1}");
    }

    @Test
    void theStatusesAreReturnedWhenAskedFor() throws Exception {
        router.systemSends(PacketType.UPDATE_STATUS, "agent-2", "{\"status\":\"waiting\"}");

        router.systemSends(PacketType.REQUEST_STATUSES, Packet.SYSTEM, "{}");

        Packet answer = router.system.next();
        assertThat(answer.type()).isEqualTo(PacketType.RETURN_STATUSES);
        assertThat(answer.data().text()).isEqualTo("{\"agent-1\":\"none\",\"agent-2\":\"waiting\"}");
    }

    @Test
    void liveUpdatesWaitForASystemThatIsNotThereYet() throws Exception {
        try (RouterFixture early = RouterFixture.start(directory.resolve("early"))) {
            early.register();
            TestSocket page = early.socket().sendPacket("alive", "agent-1", "{}");
            page.next();
            early.router.channel().close();

            page.sendPacket("mephisto_bound_live_update", "agent-1", "{\"n\":1}");
            assertThat(page.hasNothingBeforeTheNextHeartbeat()).isTrue();
            TestSocket system = TestSocket.open(
                    early.client, early.router.url(), "", "Authorization", "Bearer " + RouterFixture.SECRET);

            assertThat(system.next().at("/data/n").asInt()).isEqualTo(1);
        }
    }
}
