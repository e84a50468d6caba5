package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/** Two streams that talk over a line which loses whatever is on it when it breaks. */
class PacketStreamTest {
    private final Side left = new Side();
    private final Side right = new Side();

    private static final class Side {
        final PacketRoom room = new PacketRoom(1_000_000, 1L << 40);
        PacketStream stream = new PacketStream(room);
        final List<Integer> got = new ArrayList<>();
        final List<Integer> confirmed = new ArrayList<>();
        final List<Integer> refused = new ArrayList<>();

        void say(int n) {
            Packet packet = packet(n);
            assertThat(room.take(packet)).isTrue();
            stream.add(packet, (settled, taken) -> (taken ? confirmed : refused).add(number(settled)));
        }

        String batch() {
            return Objects.requireNonNull(stream.nextBatch());
        }

        boolean hear(String message) {
            return stream.receive(message, packet -> got.add(number(packet)));
        }
    }

    private static void refuseOdd(Packet packet) {
        if (number(packet) % 2 == 1) {
            throw new IllegalStateException("as the test wants it");
        }
    }

    private static Packet packet(int n) {
        return Packet.of(
                PacketType.MEPHISTO_BOUND_LIVE_UPDATE,
                "agent-1",
                JsonValue.ofText("{\"n\" : [" + n + ", \"]}\\\"\"]}"));
    }

    private static int number(Packet packet) {
        return packet.data().node().path("n").path(0).asInt();
    }

    private static List<Integer> upTo(int n) {
        return IntStream.range(0, n).boxed().toList();
    }

    private static ChannelHello hello(Side side) {
        return Objects.requireNonNull(ChannelHello.find(side.stream.hello()));
    }

    private void connect() {
        ChannelHello first = hello(left);
        right.stream.join(first);
        left.stream.join(hello(right));
    }

    @Test
    void whatIsSaidComesInBatchesAndInOrder() {
        connect();
        IntStream.range(0, 3).forEach(left::say);

        String batch = left.batch();

        assertThat(left.stream.nextBatch()).isNull();
        assertThat(right.hear(batch)).isFalse();
        assertThat(right.got).containsExactly(0, 1, 2);
    }

    @Test
    void aPacketCountsAsTakenOnlyWhenTheOtherSideSaysSo() {
        connect();
        left.say(0);
        right.hear(left.batch());
        assertThat(left.confirmed).isEmpty();

        left.hear(right.stream.acknowledgement());

        assertThat(left.confirmed).containsExactly(0);
    }

    @Test
    void whatTheOtherSideCouldNotTakeIsToldApart() {
        connect();
        IntStream.range(0, 4).forEach(left::say);
        right.stream.receive(left.batch(), PacketStreamTest::refuseOdd);

        left.hear(right.stream.acknowledgement());
        left.say(4);
        right.stream.receive(left.batch(), PacketStreamTest::refuseOdd);
        String second = right.stream.acknowledgement();
        left.hear(second);

        assertThat(left.confirmed).containsExactly(0, 2, 4);
        assertThat(left.refused).containsExactly(1, 3);
        assertThat(second).doesNotContain("refused");
    }

    @Test
    void whatWasRefusedIsStillKnownWhenTheWordOfItIsLostWithTheConnection() {
        connect();
        IntStream.range(0, 4).forEach(left::say);
        right.stream.receive(left.batch(), PacketStreamTest::refuseOdd);
        right.stream.acknowledgement();

        connect();

        assertThat(left.confirmed).containsExactly(0, 2);
        assertThat(left.refused).containsExactly(1, 3);
        assertThat(left.stream.nextBatch()).isNull();
    }

    @Test
    void aSideThatIsNewIsGivenAllThatIsKeptAndCountsAnew() {
        connect();
        IntStream.range(0, 5).forEach(left::say);
        right.hear(left.batch());
        left.hear(right.stream.acknowledgement());
        left.say(5);
        left.stream.nextBatch();
        right.stream = new PacketStream(right.room);
        right.got.clear();

        connect();
        left.say(6);
        right.hear(left.batch());

        assertThat(right.got).containsExactly(5, 6);
    }

    @Test
    void toANewSideWhatWasSentToTheOldOneCanBeForgotten() {
        connect();
        left.say(0);
        left.stream.nextBatch();
        left.say(1);
        right.stream = new PacketStream(right.room);

        connect();
        left.stream.forgetSent(packet -> true);
        right.hear(left.batch());

        assertThat(right.got).containsExactly(1);
    }

    @Test
    void whatIsNoLongerWantedLeavesTheCountRight() {
        connect();
        IntStream.range(0, 3).forEach(left::say);
        right.hear(left.batch());
        right.got.clear();
        left.say(3);
        left.say(4);

        left.stream.cancel(packet -> number(packet) < 4);
        connect();
        right.hear(left.batch());

        assertThat(right.got).containsExactly(0, 4);
    }

    @Test
    void aLossIsToldOnce() {
        connect();
        left.stream.reportLoss();
        left.say(0);

        assertThat(right.hear(left.batch())).isTrue();
        left.say(1);
        assertThat(right.hear(left.batch())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "{",
                "{}",
                "{\"packet_type\":\"alive\"}",
                "{\"received\":\"x\"}",
                "{\"received\":0,\"first\":1,\"packets\":[",
                "{\"received\":0,\"first\":1,\"packets\":[{\"a\":\"",
                "{\"received\":0,\"first\":5,\"packets\":[{}]}"
            })
    void whatIsNoBatchOrComesAfterAGapIsRefused(String message) {
        connect();

        assertThatThrownBy(() -> right.hear(message)).isInstanceOf(MephistoException.class);
        assertThat(right.got).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"channel\":5}", "{\"channel\":{\"version\":2,\"session\":\"a\"}}"})
    void whatIsNoHelloIsNone(String message) {
        assertThat(ChannelHello.find(message)).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void howeverTheLineBreaksNothingIsLostDoubledOrOutOfOrder(long seed) {
        Random chance = new Random(seed);
        int packets = 5_000;
        int said = 0;
        int answered = 0;
        connect();
        while (right.got.size() < packets || left.got.size() < packets || left.confirmed.size() < packets) {
            for (int i = chance.nextInt(20); i > 0 && said < packets; i--) {
                left.say(said++);
            }
            for (int i = chance.nextInt(20); i > 0 && answered < packets; i--) {
                right.say(answered++);
            }
            boolean breaks = chance.nextInt(4) == 0;
            pass(left, right, breaks && chance.nextBoolean());
            pass(right, left, breaks && chance.nextBoolean());
            if (breaks) {
                connect();
            }
        }

        assertThat(right.got).isEqualTo(upTo(packets));
        assertThat(left.got).isEqualTo(upTo(packets));
        assertThat(left.confirmed).isEqualTo(upTo(packets));
    }

    private static void pass(Side from, Side to, boolean breaks) {
        String batch = from.stream.nextBatch();
        String message = batch == null ? from.stream.acknowledgement() : batch;
        if (!breaks) {
            to.hear(message);
        }
    }

    @Test
    void roomIsGivenBackWhenTheOtherSideHasThePacket() {
        PacketRoom room = new PacketRoom(2, 1L << 20);
        PacketStream stream = new PacketStream(room);
        stream.join(hello(right));
        assertThat(room.take(packet(1))).isTrue();
        stream.add(packet(1));
        assertThat(room.take(packet(2))).isTrue();
        assertThat(room.take(packet(3))).isFalse();
        stream.nextBatch();

        stream.receive("{\"received\":1}", packet -> {});

        assertThat(room.take(packet(3))).isTrue();
        assertThat(room.take(packet(4))).isFalse();
    }
}
