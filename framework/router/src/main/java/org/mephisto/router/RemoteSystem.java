package org.mephisto.router;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our own system side in another process. It stays the same while it connects again: what passes meanwhile waits for it, requests too,
 * but these not for long. Confined to the router's event loop.
 */
final class RemoteSystem implements SystemSide {
    /** The header that our own system side shows, which understands our own packets and speaks in batches. */
    static final String OURS = "Mephisto-Channel";
    /** The close code that tells a system side not to come back, because another has taken its place. */
    static final short REPLACED = 4001;

    private static final Logger LOG = LoggerFactory.getLogger(RemoteSystem.class);
    private static final long MOST_BYTES = 64L << 20;
    private static final long GRACE_MILLIS = 5_000;
    private static final short LEFT = 1000;
    /** How the question begins by which our system side finds out foreign routers; one of ours has introduced itself before it comes. */
    private static final String LONE_PACKET = "{\"packet_type\"";

    /** Those whose sender is told when they come to nothing, and asks again. */
    private static final Set<PacketType> REQUESTS = Set.of(
            PacketType.REGISTER_AGENT,
            PacketType.SUBMIT_ONBOARDING,
            PacketType.SUBMIT_UNIT,
            PacketType.SUBMIT_METADATA);

    private final Relay relay;
    private final PacketRoom room;
    private final PacketStream stream;
    private final StreamPump pump;
    private @Nullable ServerWebSocket socket;
    private long awaySince;

    /** @param capacity how many packets may wait for it */
    RemoteSystem(Vertx vertx, Relay relay, int capacity) {
        this.relay = relay;
        this.room = new PacketRoom(capacity, MOST_BYTES);
        this.stream = new PacketStream(room);
        this.pump = new StreamPump(vertx, stream);
    }

    /** Whether the system side that introduces itself so is this one, on a new connection. */
    boolean is(ChannelHello hello) {
        return stream.isContinuedBy(hello);
    }

    /** The system side is there, for the first time or again. */
    void connect(ServerWebSocket fresh, ChannelHello hello) {
        ServerWebSocket before = socket;
        socket = fresh;
        if (before != null) {
            before.close();
        }
        stream.join(hello);
        fresh.textMessageHandler(text -> onText(fresh, text));
        fresh.closeHandler(closed -> onClose(fresh));
        fresh.writeTextMessage(stream.hello());
        pump.connect(fresh);
        if (!relay.isAttached(this)) {
            relay.attach(this);
        }
    }

    private void onText(ServerWebSocket from, String text) {
        boolean isQuestion = text.startsWith(LONE_PACKET);
        if (from != socket || !relay.isAttached(this) || isQuestion) {
            return;
        }
        if (pump.receive(text, packet -> relay.fromSystem(this, packet))) {
            LOG.warn("The system side had to let packets to pages fall; the pages get them again.");
            relay.connections().resumeAll();
        }
    }

    private void onClose(ServerWebSocket closed) {
        if (closed != socket) {
            return;
        }
        socket = null;
        pump.disconnect();
        awaySince = System.currentTimeMillis();
        Short code = closed.closeStatusCode();
        if (code != null && code == LEFT) {
            LOG.info("The system side has left.");
            giveUp();
        } else {
            LOG.warn("The system side has disconnected; its return is awaited.");
        }
    }

    /** Ends what waits for an answer; what pages have said goes on waiting. */
    private void giveUp() {
        relay.detach(this);
        stream.cancel(packet -> REQUESTS.contains(packet.type()));
    }

    @Override
    public boolean send(Packet packet) {
        return send(packet, (settled, taken) -> {});
    }

    @Override
    public boolean send(Packet packet, Settled settled) {
        if (!room.take(packet)) {
            return false;
        }
        stream.add(packet, settled);
        pump.schedule();
        return true;
    }

    @Override
    public List<SystemSide.Untaken> removeUntaken() {
        return stream.removeAll();
    }

    @Override
    public boolean keepsUpdates() {
        return true;
    }

    @Override
    public boolean isThere() {
        return socket != null;
    }

    @Override
    public long lastSignOfLife(long now) {
        return pump.lastSignOfLife();
    }

    @Override
    public void tick(long now) {
        ServerWebSocket open = socket;
        if (open == null) {
            if (now - awaySince > GRACE_MILLIS) {
                LOG.warn("The system side has not come back so far; requests are refused meanwhile.");
                giveUp();
            }
        } else if (!pump.isHeard(now)) {
            LOG.warn("The system side has been silent for too long and is disconnected.");
            onClose(open);
            open.close();
        }
    }

    @Override
    public void dismiss(Farewell farewell) {
        ServerWebSocket open = socket;
        socket = null;
        pump.disconnect();
        if (open != null) {
            open.close(farewell == Farewell.REPLACED ? REPLACED : farewell.code(), farewell.reason());
        }
    }
}
