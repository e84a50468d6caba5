package org.mephisto.supervisor.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.router.RouterServer;
import org.mephisto.router.TestSocket;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.packet.Channel;
import org.mephisto.spi.packet.PacketType;

class WebSocketChannelTest extends ChannelContract {
    private static final int CAPACITY = 5_000;

    @Override
    Channel channelTo(RouterServer target) {
        return new WebSocketChannel(vertx, target.url(), SECRET, CAPACITY);
    }

    @Test
    void aWrongSecretIsRefusedAndNamed() {
        Channel wrong = new WebSocketChannel(vertx, router.url(), "some-other-secret", CAPACITY);

        assertThatThrownBy(() -> wrong.open(listener))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHORIZED))
                .hasMessageContaining("secret")
                .hasMessageNotContaining("some-other-secret");
        assertThat(wrong.isClosed()).isTrue();
    }

    @Test
    void aRouterThatIsNotThereIsNamed() {
        URI nowhere = URI.create("http://localhost:1/");
        Channel lost = new WebSocketChannel(vertx, nowhere, SECRET, CAPACITY);

        assertThatThrownBy(() -> lost.open(listener))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining("localhost:1");
        assertThat(lost.isClosed()).isTrue();
    }

    @Test
    void aRouterWithASystemInItsOwnProcessIsNamed() {
        router.channel().open(listener);

        assertThatThrownBy(() -> channel.open(listener))
                .isInstanceOfSatisfying(
                        MephistoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void aRouterThatComesBackIsConnectedAgainAndGetsWhatWaited() throws Exception {
        channel.open(listener);
        int port = router.url().getPort();
        router.close();
        assertThat(listener.lost.await(10, TimeUnit.SECONDS)).isTrue();
        send(PacketType.UPDATE_STATUS, "agent-1", "{\"status\":\"waiting\"}");
        send(PacketType.CLIENT_BOUND_LIVE_UPDATE, "agent-1", "{\"n\":1}");

        router = startRouter(port);

        assertThat(listener.back.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(channel.isAlive()).isTrue();
        TestSocket page = TestSocket.open(client, router.url(), "");
        page.sendPacket("alive", "agent-1", "{}");
        assertThat(page.next().at("/data/status").asText()).isIn("waiting", "in task");
        assertThat(listener.asked.await(10, TimeUnit.SECONDS)).isTrue();
        send(PacketType.CLIENT_BOUND_LIVE_UPDATE, "agent-1", "{\"n\":2}");
        // The first was for a page of the old router, which asks for what it has missed.
        assertThat(page.nextOf("client_bound_live_update").at("/data/n").asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void howeverTheConnectionIsCutNothingIsLostDoubledOrOutOfOrder(long seed) throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(router.url(), seed, 12, 60_000)) {
            channel = new WebSocketChannel(vertx, proxy.url(), SECRET, 20_000);
            channel.open(listener);
            TestSocket page = pageOfAgent();

            talkBothWays(page, 6_000);

            assertThat(listener.rest()).isEmpty();
            assertThat(proxy.cutsLeft()).isLessThan(8);
        }
    }

    @Test
    void whoeverIsReplacedByAnotherSystemSideGivesUp() throws Exception {
        channel.open(listener);
        Recorder other = new Recorder();
        Channel second = new WebSocketChannel(vertx, router.url(), SECRET, CAPACITY);

        second.open(other);

        assertThat(listener.lost.await(10, TimeUnit.SECONDS)).isTrue();
        TestSocket page = TestSocket.open(client, router.url(), "");
        page.sendPacket("alive", "agent-1", "{}");
        assertThat(other.asked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(second.isAlive()).isTrue();
        assertThat(channel.isClosed()).isTrue();
        second.close();
    }

    @Test
    void whileTheRouterIsAwayNoMorePacketsWaitThanAllowed() throws Exception {
        channel.open(listener);
        router.close();
        assertThat(listener.lost.await(10, TimeUnit.SECONDS)).isTrue();

        for (int i = 0; i < CAPACITY; i++) {
            send(PacketType.UPDATE_STATUS, "agent-" + i, "{\"status\":\"waiting\"}");
        }

        assertThat(channel.enqueueSend(status("one-too-many"))).isFalse();
    }
}
