package org.mephisto.supervisor.io;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.mephisto.router.PacketCodec;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Channel;
import org.mephisto.spi.packet.ChannelListener;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The system side's connection to a router in another process: one WebSocket, one packet as JSON in a text message, the deployment's
 * secret when connecting. A lost connection is made again, each try after a longer pause; what could not be sent waits in order, up to a
 * limit. A packet leaves the queue when the socket has taken it, so one on its way while the connection breaks may be lost or, if the
 * break is noticed in time, sent again: answers and acknowledgements are harmless twice, and the page asks again for a lost one.
 *
 * <p>Thread-safe. All that concerns the socket is confined to one event loop; the listener is called there.
 */
public final class WebSocketChannel implements Channel {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketChannel.class);
    private static final int MESSAGE_BYTES = 64 << 20;
    private static final int FRAME_BYTES = 1 << 20;
    private static final int QUEUE_BYTES = 1 << 20;
    private static final int OPEN_SECONDS = 20;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long PING_MILLIS = 4_000;
    private static final long SILENCE_MILLIS = 20_000;

    private final Vertx vertx;
    private final RouterAddress router;
    private final Context context;
    private final LinkedBlockingDeque<Packet> queue;
    private final AtomicBoolean opened = new AtomicBoolean();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final CompletableFuture<Void> firstConnection = new CompletableFuture<>();

    private volatile boolean closed;
    private volatile boolean connected;

    // From here on: on the event loop only.
    private @Nullable ChannelListener listener;
    private @Nullable WebSocketClient client;
    private @Nullable WebSocket socket;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private long lastSignOfLife;
    private long pingTimer = -1;

    /**
     * @param router where browsers reach the router: {@code http}, {@code https}, {@code ws} or {@code wss}
     * @param capacity how many packets may wait to be sent
     */
    public WebSocketChannel(Vertx vertx, URI router, String secret, int capacity) {
        this.vertx = vertx;
        this.router = new RouterAddress(router, secret);
        this.context = vertx.getOrCreateContext();
        this.queue = new LinkedBlockingDeque<>(capacity);
    }

    @Override
    public String name() {
        return "websocket:" + router.url().getAuthority();
    }

    /**
     * @throws MephistoException {@link ErrorCode#UNAUTHORIZED} when the router refuses the secret, {@link ErrorCode#CONFLICT} when it has
     *     a system side in its own process or this channel was opened before, {@link ErrorCode#UNAVAILABLE} when it cannot be reached;
     *     the channel is then closed
     */
    @Override
    public void open(ChannelListener taker) {
        if (closed || !opened.compareAndSet(false, true)) {
            throw new MephistoException(
                    ErrorCode.CONFLICT, "The channel \"" + name() + "\" was opened before; it is opened once.");
        }
        context.runOnContext(loop -> {
            listener = taker;
            client = vertx.createWebSocketClient(clientOptions());
            connect();
        });
        try {
            firstConnection.get(OPEN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            close();
            throw router.unreachable(e.getCause());
        } catch (TimeoutException e) {
            close();
            throw router.unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw router.unreachable(e);
        }
    }

    private static WebSocketClientOptions clientOptions() {
        WebSocketClientOptions options = new WebSocketClientOptions();
        options.setConnectTimeout(RouterAddress.CONNECT_MILLIS);
        options.setMaxFrameSize(FRAME_BYTES);
        options.setMaxMessageSize(MESSAGE_BYTES);
        return options;
    }

    private void connect() {
        WebSocketClient connecting = client;
        if (closed || connecting == null) {
            return;
        }
        connecting.connect(router.connectOptions()).onComplete(this::onConnected, this::onRefused);
    }

    private void onConnected(WebSocket fresh) {
        if (closed) {
            fresh.close();
            return;
        }
        socket = fresh;
        pauseMillis = FIRST_PAUSE_MILLIS;
        lastSignOfLife = System.currentTimeMillis();
        fresh.setWriteQueueMaxSize(QUEUE_BYTES);
        fresh.textMessageHandler(this::onText);
        fresh.pongHandler(pong -> lastSignOfLife = System.currentTimeMillis());
        fresh.drainHandler(ready -> drain());
        fresh.exceptionHandler(e -> LOG.warn("The channel {} failed: {}", name(), e.getMessage()));
        fresh.closeHandler(gone -> onLost(fresh));
        pingTimer = vertx.setPeriodic(PING_MILLIS, timer -> ping(fresh));
        connected = true;
        write(fresh, Packet.of(PacketType.ALIVE, Packet.SYSTEM, JsonValue.emptyObject()));
        drain();
        boolean isFirst = firstConnection.complete(null);
        if (!isFirst) {
            LOG.info("The channel {} is connected again.", name());
            tell(taker -> taker.onReconnect(this));
        }
    }

    private void onRefused(Throwable cause) {
        if (!firstConnection.isDone()) {
            firstConnection.completeExceptionally(cause);
            return;
        }
        if (RouterAddress.refusesSecret(cause)) {
            LOG.error("The channel {} is given up: the router refuses its secret now.", name());
            close();
        } else {
            LOG.debug("The channel {} cannot connect yet: {}", name(), cause.getMessage());
            connectLater();
        }
    }

    private void connectLater() {
        if (!closed) {
            vertx.setTimer(pauseMillis, timer -> connect());
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
    }

    private void onLost(WebSocket lost) {
        if (socket != lost) {
            return;
        }
        socket = null;
        connected = false;
        vertx.cancelTimer(pingTimer);
        if (!closed) {
            LOG.warn("The channel {} has lost its router and connects again.", name());
            tell(taker -> taker.onDisconnect(this));
            connectLater();
        }
    }

    private void ping(WebSocket to) {
        if (System.currentTimeMillis() - lastSignOfLife > SILENCE_MILLIS) {
            LOG.warn("The router of the channel {} has been silent for {} s.", name(), SILENCE_MILLIS / 1000);
            to.close();
            onLost(to);
        } else {
            to.writePing(Buffer.buffer("?"));
        }
    }

    private void onText(String text) {
        lastSignOfLife = System.currentTimeMillis();
        if (closed) {
            return;
        }
        try {
            Packet packet = PacketCodec.read(text);
            tell(taker -> taker.onPacket(this, packet));
        } catch (MephistoException e) {
            LOG.warn("A packet from the router of {} is dropped: {}", name(), e.getMessage());
        }
    }

    private interface Telling {
        void to(ChannelListener listener);
    }

    private void tell(Telling telling) {
        ChannelListener taker = listener;
        if (taker == null) {
            return;
        }
        try {
            telling.to(taker);
        } catch (RuntimeException e) {
            LOG.error("The system side failed at what the channel {} brought, which is dropped.", name(), e);
        }
    }

    @Override
    public boolean isAlive() {
        return connected && !closed;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean enqueueSend(Packet packet) {
        if (closed || !opened.get() || !queue.offer(packet)) {
            return false;
        }
        if (scheduled.compareAndSet(false, true)) {
            context.runOnContext(loop -> {
                scheduled.set(false);
                drain();
            });
        }
        return true;
    }

    /** Writes what waits as long as the socket takes it; goes on when it has room again or is new. */
    private void drain() {
        WebSocket open = socket;
        while (open != null && !open.isClosed() && !open.writeQueueFull()) {
            Packet next = queue.poll();
            if (next == null) {
                return;
            }
            write(open, next);
        }
    }

    private void write(WebSocket to, Packet packet) {
        to.writeTextMessage(PacketCodec.write(packet))
                .onFailure(e -> LOG.debug("A packet was not sent to its end: {}", e.getMessage()));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        context.runOnContext(loop -> {
            drain();
            connected = false;
            vertx.cancelTimer(pingTimer);
            WebSocketClient last = client;
            if (socket != null) {
                socket.close().onComplete(done -> closeClient(last));
            } else {
                closeClient(last);
            }
        });
    }

    private static void closeClient(@Nullable WebSocketClient last) {
        if (last != null) {
            last.close();
        }
    }
}
