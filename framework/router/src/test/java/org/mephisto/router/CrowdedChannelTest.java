package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Channel;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/** A system side in the router's process that says more at once than waits for the router. */
@Timeout(60)
class CrowdedChannelTest {
    @RegisterExtension
    static final BlockedEventLoopCheck LOOPS = new BlockedEventLoopCheck();

    private static final int ROOM = 16;

    @TempDir
    Path directory;

    private final List<Packet> said = Collections.synchronizedList(new ArrayList<>());
    private RouterFixture router;

    @BeforeEach
    void start() throws Exception {
        router = RouterFixture.start(
                directory, options -> options.withLimits(RouterOptions.Limits.DEFAULT.withMaxPending(ROOM)));
        router.register();
        router.system.answerWith(this::resume);
    }

    @AfterEach
    void stop() throws Exception {
        router.close();
    }

    /** Sends all that has been said, as our system side does. */
    private void resume(Channel channel, Packet question) {
        if (question.type() == PacketType.ALIVE) {
            channel.enqueueSend(Packet.of(
                    PacketType.ALIVE,
                    question.subjectId(),
                    JsonValue.of(
                            Json.object().set("resume", question.data().node().path("resume")))));
            List.copyOf(said).forEach(channel::enqueueSend);
        }
    }

    /** @return whether there was room for it */
    private boolean say(int n) {
        Packet update =
                Packet.of(PacketType.CLIENT_BOUND_LIVE_UPDATE, "agent-1", JsonValue.ofText("{\"n\":" + n + "}"));
        said.add(update);
        return router.router.channel().enqueueSend(update);
    }

    @Test
    void aConnectedPageGetsWhatFoundNoRoomAndInItsOrder() throws Exception {
        TestSocket page = router.socket().sendPacket("alive", "agent-1", "{}");
        page.nextOf("update_status");

        int all = 0;
        while (say(all++)) {
            // until there is no room
        }
        for (int more = 0; more < 100; more++) {
            say(all++);
        }

        int last = -1;
        while (last < all - 1) {
            int n = page.nextOf("client_bound_live_update").at("/data/n").asInt();
            assertThat(n).isLessThanOrEqualTo(last + 1);
            last = Math.max(last, n);
        }
    }
}
