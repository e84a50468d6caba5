package org.mephisto.router;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketBase;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.packet.Packet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a {@link PacketStream} over one WebSocket after another. What has been added in one turn of the event loop, or while the socket
 * was full, goes as one message; an idle socket gets it at once. Acknowledgements go along with packets the other way, or alone a moment
 * later. A socket whose other end has been silent for too long is closed. Confined to one event loop.
 */
public final class StreamPump {
    private static final Logger LOG = LoggerFactory.getLogger(StreamPump.class);
    private static final int QUEUE_BYTES = 1 << 20;
    private static final long ACKNOWLEDGE_MILLIS = 20;
    /** From so many on the other side is told at once, so that it need not keep them. */
    private static final int MOST_UNTOLD = 256;

    private static final long PING_MILLIS = 4_000;
    private static final long SILENCE_MILLIS = 20_000;
    private static final short BROKEN = 1002;

    private final Vertx vertx;
    private final Context context;
    private final PacketStream stream;
    private @Nullable WebSocketBase socket;
    private boolean scheduled;
    private boolean timing;
    private long lastSignOfLife = System.currentTimeMillis();
    private long lastPing;

    /** Called on the event loop that everything stays on. */
    public StreamPump(Vertx vertx, PacketStream stream) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.stream = stream;
    }

    /** What of an earlier socket is still to come is not waited for. The two sides have introduced themselves. */
    public void connect(WebSocketBase to) {
        socket = to;
        lastSignOfLife = System.currentTimeMillis();
        to.setWriteQueueMaxSize(QUEUE_BYTES);
        to.drainHandler(ready -> flush());
        to.pongHandler(pong -> lastSignOfLife = System.currentTimeMillis());
        flush();
    }

    /** Until the next {@link #connect} the stream only keeps. */
    public void disconnect() {
        socket = null;
    }

    /** Something has been added to the stream: sends it, together with what else is added in this turn of the event loop. */
    public void schedule() {
        if (!scheduled) {
            scheduled = true;
            context.runOnContext(turn -> {
                scheduled = false;
                flush();
            });
        }
    }

    /** Writes what is kept, as far as the socket takes it. */
    public void flush() {
        WebSocketBase open = socket;
        while (open != null && !open.isClosed() && !open.writeQueueFull()) {
            String batch = stream.nextBatch();
            if (batch == null) {
                return;
            }
            write(open, batch);
        }
    }

    private static void write(WebSocketBase to, String message) {
        to.writeTextMessage(message)
                .onFailure(e -> LOG.debug("A message of the channel was not sent to its end: {}", e.getMessage()));
    }

    /** Sends everything, however much it is; the socket is about to be closed. */
    public void flushAll() {
        WebSocketBase open = socket;
        if (open == null || open.isClosed()) {
            return;
        }
        for (String batch = stream.nextBatch(); batch != null; batch = stream.nextBatch()) {
            write(open, batch);
        }
        if (stream.untold() > 0) {
            write(open, stream.acknowledgement());
        }
    }

    /**
     * Takes a message from the socket.
     *
     * @param taker gets each packet once
     * @return whether the other side has let packets fall
     */
    public boolean receive(String message, Consumer<Packet> taker) {
        lastSignOfLife = System.currentTimeMillis();
        try {
            boolean lost = stream.receive(message, taker);
            acknowledgeSoon();
            return lost;
        } catch (MephistoException e) {
            LOG.warn("{} The connection is made anew.", e.getMessage());
            WebSocketBase open = socket;
            if (open != null) {
                open.close(BROKEN, "This is no message of the channel.");
            }
            return false;
        }
    }

    private void acknowledgeSoon() {
        long untold = stream.untold();
        if (untold >= MOST_UNTOLD) {
            acknowledge();
        } else if (untold > 0 && !timing) {
            timing = true;
            vertx.setTimer(ACKNOWLEDGE_MILLIS, timer -> {
                timing = false;
                acknowledge();
            });
        }
    }

    private void acknowledge() {
        WebSocketBase open = socket;
        if (stream.untold() > 0 && open != null && !open.isClosed()) {
            write(open, stream.acknowledgement());
        }
    }

    public long lastSignOfLife() {
        return lastSignOfLife;
    }

    /** Asks for a sign of life when it is time. @return false when there has been none for too long */
    public boolean isHeard(long now) {
        WebSocketBase open = socket;
        if (open != null && now - lastPing >= PING_MILLIS) {
            lastPing = now;
            open.writePing(Buffer.buffer("?"));
        }
        return open == null || now - lastSignOfLife <= SILENCE_MILLIS;
    }
}
