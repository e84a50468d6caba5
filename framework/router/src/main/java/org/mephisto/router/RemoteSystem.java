package org.mephisto.router;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.packet.Packet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The system side in another process, over one WebSocket. Confined to the router's event loop. */
final class RemoteSystem implements Relay.SystemSide {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteSystem.class);
    /** Sent by our own system side, which understands our own packets. */
    static final String OURS = "Mephisto-Channel";

    private static final int QUEUE_BYTES = 64 << 20;
    private static final long PING_MILLIS = 4_000;
    private static final long SILENCE_MILLIS = 20_000;

    private final ServerWebSocket socket;
    private final Relay relay;
    private final boolean ours;
    private long lastSignOfLife = System.currentTimeMillis();
    private long lastPing = lastSignOfLife;

    RemoteSystem(ServerWebSocket socket, Relay relay) {
        this.socket = socket;
        this.relay = relay;
        this.ours = socket.headers().contains(OURS);
        socket.setWriteQueueMaxSize(QUEUE_BYTES);
        socket.textMessageHandler(this::onText);
        socket.pongHandler(pong -> lastSignOfLife = System.currentTimeMillis());
        socket.exceptionHandler(e -> LOG.warn("The system side's socket failed: {}", e.getMessage()));
        socket.closeHandler(closed -> {
            LOG.info("The system side has disconnected.");
            relay.detach(this);
        });
    }

    private void onText(String text) {
        lastSignOfLife = System.currentTimeMillis();
        if (!relay.isAttached(this)) {
            return;
        }
        try {
            relay.fromSystem(this, PacketCodec.read(text));
        } catch (MephistoException e) {
            LOG.warn("A packet of the system side is dropped: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("A packet of the system side is dropped.", e);
        }
    }

    @Override
    public boolean send(Packet packet) {
        if (socket.isClosed() || socket.writeQueueFull()) {
            return false;
        }
        Packet.Timestamps times = packet.timestamps();
        socket.writeTextMessage(PacketCodec.write(new Packet(
                packet.type(),
                packet.subjectId(),
                packet.data(),
                new Packet.Timestamps(
                        times.client(), times.routerIncoming(), System.currentTimeMillis() / 1000.0, times.server()))));
        return true;
    }

    @Override
    public boolean keepsUpdates() {
        return ours;
    }

    @Override
    public long lastSignOfLife(long now) {
        return lastSignOfLife;
    }

    /** Asks for a sign of life when it is time, and gives a silent system side up. */
    void tick(long now) {
        if (now - lastSignOfLife > SILENCE_MILLIS) {
            LOG.warn("The system side has been silent for {} s and is disconnected.", SILENCE_MILLIS / 1000);
            relay.detach(this);
            socket.close();
        } else if (now - lastPing >= PING_MILLIS) {
            lastPing = now;
            socket.writePing(Buffer.buffer("?"));
        }
    }

    @Override
    public void dismiss(String reason) {
        socket.close((short) 1000, reason);
    }
}
