package org.mephisto.supervisor.io;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.mephisto.router.ChannelHello;
import org.mephisto.router.PacketRoom;
import org.mephisto.router.PacketStream;
import org.mephisto.router.StreamPump;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/**
 * A router of ours, with which a stream of numbered packets goes on over broken connections. When the router itself is a new one, what
 * was on its way to the old one's pages and requests is let fall: a page asks for all it has missed. Statuses are sent again, for the
 * new router to know.
 */
final class OwnRouter implements RouterLine {
    private final PacketStream stream;
    private final StreamPump pump;
    private final AtomicBoolean lost;

    /** @param lost set when a packet found no room */
    OwnRouter(Vertx vertx, PacketRoom room, AtomicBoolean lost) {
        this.stream = new PacketStream(room);
        this.pump = new StreamPump(vertx, stream);
        this.lost = lost;
    }

    /** What to say first on every connection. */
    String hello() {
        return stream.hello();
    }

    /** The router has introduced itself on a new connection. */
    void connect(WebSocket socket, ChannelHello hello) {
        if (!stream.join(hello)) {
            stream.forgetSent(packet -> packet.type() != PacketType.UPDATE_STATUS);
        }
        pump.connect(socket);
    }

    @Override
    public void receive(String message, Consumer<Packet> taker) {
        pump.receive(message, taker);
    }

    @Override
    public void send(Queue<Packet> waiting) {
        add(waiting);
        pump.flush();
    }

    private void add(Queue<Packet> waiting) {
        if (lost.get() && lost.compareAndSet(true, false)) {
            stream.reportLoss();
        }
        for (Packet next = waiting.poll(); next != null; next = waiting.poll()) {
            stream.add(next);
        }
    }

    @Override
    public void sendAll(Queue<Packet> waiting) {
        add(waiting);
        pump.flushAll();
    }

    @Override
    public boolean isHeard(long now) {
        return pump.isHeard(now);
    }

    @Override
    public void disconnected() {
        pump.disconnect();
    }
}
