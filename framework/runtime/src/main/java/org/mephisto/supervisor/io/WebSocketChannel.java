package org.mephisto.supervisor.io;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.mephisto.router.PacketCodec;
import org.mephisto.router.PacketRoom;
import org.mephisto.router.PacketStream;
import org.mephisto.router.PacketStream.Hello;
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
 * The system side's connection to a router in another process: one WebSocket, and the deployment's secret when connecting. A lost connection
 * is made again, each try after a longer pause. Which kind of router it is shows in its first message ({@link OwnRouter}, {@link
 * ForeignRouter}): with one of ours nothing is lost or doubled by a broken connection, as long as what waits is within the limit.
 *
 * <p>Thread-safe. All that concerns the socket is confined to one event loop; the listener is called there.
 */
public final class WebSocketChannel implements Channel {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketChannel.class);
    private static final int MESSAGE_BYTES = 64 << 20;
    private static final int FRAME_BYTES = 1 << 20;
    private static final long MOST_CHARS = 256L << 20;
    private static final int OPEN_SECONDS = 20;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long TICK_MILLIS = 4_000;
    /** How long a router may take to say its first word on a connection. */
    private static final long SILENT_MILLIS = 10_000;
    /** The close code of a router that has let another system side in. */
    private static final short REPLACED = 4001;

    private final Vertx vertx;
    private final RouterAddress router;
    private final Context context;
    private final PacketRoom room;
    private final Queue<Packet> queue = new ConcurrentLinkedQueue<>();
    /** A packet found no room since the router was last told so. */
    private final AtomicBoolean lost = new AtomicBoolean();

    private final AtomicBoolean opened = new AtomicBoolean();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final CompletableFuture<Void> firstConnection = new CompletableFuture<>();

    private volatile boolean closed;
    private volatile boolean connected;

    // From here on: on the event loop only.
    private @Nullable ChannelListener listener;
    private @Nullable WebSocketClient client;
    private @Nullable WebSocket socket;
    /** The router of ours that was reached last, whose stream goes on when it is reached again. */
    private @Nullable OwnRouter ours;
    /** How to speak with the router; null while it has said nothing on this connection. */
    private @Nullable RouterLine line;

    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private long ticker = -1;

    /**
     * @param router where browsers reach the router: {@code http}, {@code https}, {@code ws} or {@code wss}
     * @param capacity how many packets may wait until the router has them
     */
    public WebSocketChannel(Vertx vertx, URI router, String secret, int capacity) {
        this.vertx = vertx;
        this.router = new RouterAddress(router, secret);
        this.context = vertx.getOrCreateContext();
        this.room = new PacketRoom(capacity, MOST_CHARS);
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
        line = null;
        fresh.textMessageHandler(text -> onText(fresh, text));
        fresh.exceptionHandler(e -> LOG.debug("The channel {} failed: {}", name(), e.getMessage()));
        fresh.closeHandler(gone -> onLost(fresh));
        ticker = vertx.setTimer(SILENT_MILLIS, timer -> tick(fresh));
        JsonValue hello = JsonValue.ofText(ownRouter().hello());
        fresh.writeTextMessage(PacketCodec.write(Packet.of(PacketType.ALIVE, Packet.SYSTEM, hello)));
        fresh.writeTextMessage(ForeignRouter.question());
    }

    private OwnRouter ownRouter() {
        OwnRouter known = ours;
        if (known == null) {
            known = new OwnRouter(vertx, room, lost);
            ours = known;
        }
        return known;
    }

    private void onText(WebSocket from, String text) {
        RouterLine known = line;
        if (closed || from != socket) {
            return;
        }
        if (known != null) {
            known.receive(text, this::take);
            return;
        }
        Hello hello = PacketStream.findHello(text);
        if (hello == null) {
            ForeignRouter foreign = new ForeignRouter(from, room, writable -> writable.send(queue));
            begin(foreign);
            foreign.receive(text, this::take);
        } else {
            OwnRouter own = ownRouter();
            own.connect(from, hello);
            begin(own);
        }
    }

    private void begin(RouterLine known) {
        line = known;
        pauseMillis = FIRST_PAUSE_MILLIS;
        connected = true;
        vertx.cancelTimer(ticker);
        WebSocket current = Objects.requireNonNull(socket);
        ticker = vertx.setPeriodic(TICK_MILLIS, timer -> tick(current));
        known.send(queue);
        boolean isFirst = firstConnection.complete(null);
        if (!isFirst) {
            LOG.info("The channel {} is connected again.", name());
            tell(taker -> taker.onReconnect(this));
        }
    }

    /** What it throws is the line's to deal with: the router is told that the packet was not taken. */
    private void take(Packet packet) {
        ChannelListener taker = listener;
        if (taker != null) {
            taker.onPacket(this, packet);
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

    private void onLost(WebSocket gone) {
        if (socket != gone) {
            return;
        }
        socket = null;
        vertx.cancelTimer(ticker);
        RouterLine before = line;
        line = null;
        if (before != null) {
            before.disconnected();
        }
        boolean wasConnected = connected;
        connected = false;
        if (closed) {
            return;
        }
        if (wasConnected) {
            LOG.warn("The channel {} has lost its router and connects again.", name());
            tell(taker -> taker.onDisconnect(this));
        }
        Short code = gone.closeStatusCode();
        if (code != null && code == REPLACED) {
            LOG.error("The channel {} is given up: another system side has taken its place at the router.", name());
            close();
        } else {
            connectLater();
        }
    }

    private void tick(WebSocket current) {
        RouterLine known = line;
        if (known == null || !known.isHeard(System.currentTimeMillis())) {
            LOG.warn("The router of the channel {} has been silent for too long.", name());
            current.close();
            onLost(current);
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
        if (closed || !opened.get()) {
            return false;
        }
        if (!room.take(packet)) {
            lost.set(true);
            return false;
        }
        queue.add(packet);
        if (scheduled.compareAndSet(false, true)) {
            context.runOnContext(loop -> {
                scheduled.set(false);
                RouterLine known = line;
                if (known != null) {
                    known.send(queue);
                }
            });
        }
        return true;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        context.runOnContext(loop -> {
            RouterLine known = line;
            if (known != null) {
                known.sendAll(queue);
            }
            connected = false;
            vertx.cancelTimer(ticker);
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
