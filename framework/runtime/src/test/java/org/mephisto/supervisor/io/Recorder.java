package org.mephisto.supervisor.io;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Channel;
import org.mephisto.spi.packet.ChannelListener;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/** Keeps what comes, and answers when told to. */
final class Recorder implements ChannelListener {
    final CountDownLatch lost = new CountDownLatch(1);
    final CountDownLatch back = new CountDownLatch(1);
    final CountDownLatch asked = new CountDownLatch(1);
    volatile boolean answering;
    volatile int failures;
    private final BlockingQueue<Packet> packets = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> pauses = new LinkedBlockingQueue<>();
    /** The channel's thread's own. */
    private int handedOver;

    @Override
    public void onPacket(Channel from, Packet packet) {
        if (failures > 0) {
            failures = 0;
            throw new IllegalStateException("as the test wants it");
        }
        if (packet.type() == PacketType.ALIVE) {
            from.enqueueSend(
                    Packet.of(PacketType.ALIVE, packet.subjectId(), JsonValue.ofText("{\"status\":\"in task\"}")));
            asked.countDown();
            return;
        }
        handedOver++;
        packets.add(packet);
        if (answering) {
            answer(from, packet);
        }
    }

    private static void answer(Channel from, Packet packet) {
        PacketType type =
                packet.type() == PacketType.REGISTER_AGENT ? PacketType.AGENT_DETAILS : PacketType.ACKNOWLEDGE;
        String id = packet.data().node().path("request_id").asText();
        from.enqueueSend(Packet.of(
                type,
                packet.subjectId(),
                JsonValue.of(Json.object().put("request_id", id).put("agent_id", "agent-7"))));
    }

    @Override
    public void onPause(Channel from) {
        pauses.add(handedOver);
    }

    /** Waits for a pause after so many packets of pages. */
    void awaitPauseAfter(int packets) throws InterruptedException {
        while (true) {
            Integer before = pauses.poll(10, TimeUnit.SECONDS);
            if (before == null) {
                throw new AssertionError("No pause came after " + packets + " packets.");
            }
            if (before == packets) {
                return;
            }
        }
    }

    @Override
    public void onDisconnect(Channel from) {
        lost.countDown();
    }

    @Override
    public void onReconnect(Channel from) {
        back.countDown();
    }

    Packet next() throws InterruptedException {
        Packet packet = packets.poll(10, TimeUnit.SECONDS);
        if (packet == null) {
            throw new AssertionError("No packet came.");
        }
        return packet;
    }

    /** What has come and was not taken yet. */
    List<Packet> rest() {
        return List.copyOf(packets);
    }
}
