package org.mephisto.supervisor.io;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mephisto.router.ChannelHello;
import org.mephisto.router.PacketCodec;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.ChannelListener;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel's connection: makes it, makes it again when it is lost, each try after a longer pause, and gives the channel up when trying
 * cannot help. Which kind of router it has reached shows in the router's first message ({@link OwnRouter}, {@link ForeignRouter}).
 *
 * <p>Confined to the channel's event loop, except for {@link #isConnected}.
 */
final class RouterConnection {
    private static final Logger LOG = LoggerFactory.getLogger(RouterConnection.class);
    private static final int MESSAGE_BYTES = 64 << 20;
    private static final int FRAME_BYTES = 1 << 20;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long TICK_MILLIS = 4_000;
    /** How long a router may take to say its first word on a connection. */
    private static final long SILENT_MILLIS = 10_000;
    /** The close code of a router that has let another system side in. */
    private static final short REPLACED = 4001;

    private final Vertx vertx;
    private final RouterAddress router;
    private final WaitingPackets waiting;
    private final WebSocketChannel channel;
    private final ChannelListener listener;
    private final CompletableFuture<Void> firstConnection;
    private final WebSocketClient client;

    private volatile boolean connected;

    private @Nullable WebSocket socket;
    /** The router of ours that was reached last, whose stream goes on when it is reached again. */
    private @Nullable OwnRouter ours;
    /** How to speak with the router; null while it has said nothing on this connection. */
    private @Nullable RouterLine line;

    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private long ticker = -1;

    /** @param firstConnection completed when the router has first spoken, or by what keeps the channel from it */
    RouterConnection(
            Vertx vertx,
            RouterAddress router,
            WaitingPackets waiting,
            WebSocketChannel channel,
            ChannelListener listener,
            CompletableFuture<Void> firstConnection) {
        this.vertx = vertx;
        this.router = router;
        this.waiting = waiting;
        this.channel = channel;
        this.listener = listener;
        this.firstConnection = firstConnection;
        this.client = vertx.createWebSocketClient(clientOptions());
    }

    private static WebSocketClientOptions clientOptions() {
        WebSocketClientOptions options = new WebSocketClientOptions();
        options.setConnectTimeout(RouterAddress.CONNECT_MILLIS);
        options.setMaxFrameSize(FRAME_BYTES);
        options.setMaxMessageSize(MESSAGE_BYTES);
        return options;
    }

    void connect() {
        if (channel.isClosed()) {
            return;
        }
        client.connect(router.connectOptions()).onComplete(this::onConnected, this::onRefused);
    }

    private void onConnected(WebSocket fresh) {
        if (channel.isClosed()) {
            fresh.close();
            return;
        }
        socket = fresh;
        line = null;
        fresh.textMessageHandler(text -> onText(fresh, text));
        fresh.exceptionHandler(e -> LOG.debug("The channel {} failed: {}", channel.name(), e.getMessage()));
        fresh.closeHandler(gone -> onLost(fresh));
        ticker = vertx.setTimer(SILENT_MILLIS, timer -> tick(fresh));
        JsonValue hello = JsonValue.ofText(ownRouter().hello());
        fresh.writeTextMessage(PacketCodec.write(Packet.of(PacketType.ALIVE, Packet.SYSTEM, hello)));
        fresh.writeTextMessage(ForeignRouter.question());
    }

    private OwnRouter ownRouter() {
        OwnRouter known = ours;
        if (known == null) {
            known = new OwnRouter(vertx, waiting.room(), waiting.lost());
            ours = known;
        }
        return known;
    }

    private void onText(WebSocket from, String text) {
        RouterLine known = line;
        if (channel.isClosed() || from != socket) {
            return;
        }
        if (known != null) {
            known.receive(text, this::take);
            pause();
            return;
        }
        ChannelHello hello = ChannelHello.find(text);
        if (hello == null) {
            ForeignRouter foreign = new ForeignRouter(from, waiting.room(), writable -> writable.send(waiting.queue()));
            begin(foreign);
            foreign.receive(text, this::take);
            pause();
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
        known.send(waiting.queue());
        boolean isFirst = firstConnection.complete(null);
        if (!isFirst) {
            LOG.info("The channel {} is connected again.", channel.name());
            tell(() -> listener.onReconnect(channel));
        }
    }

    /** What it throws is the line's to deal with: the router is told that the packet was not taken. */
    private void take(Packet packet) {
        listener.onPacket(channel, packet);
    }

    private void pause() {
        tell(() -> listener.onPause(channel));
    }

    private void onRefused(Throwable cause) {
        if (!firstConnection.isDone()) {
            firstConnection.completeExceptionally(cause);
            return;
        }
        if (RouterAddress.refusesSecret(cause)) {
            LOG.error("The channel {} is given up: the router refuses its secret now.", channel.name());
            channel.close();
        } else {
            LOG.debug("The channel {} cannot connect yet: {}", channel.name(), cause.getMessage());
            connectLater();
        }
    }

    private void connectLater() {
        if (!channel.isClosed()) {
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
        if (channel.isClosed()) {
            return;
        }
        if (wasConnected) {
            LOG.warn("The channel {} has lost its router and connects again.", channel.name());
            tell(() -> listener.onDisconnect(channel));
        }
        Short code = gone.closeStatusCode();
        if (code != null && code == REPLACED) {
            LOG.error(
                    "The channel {} is given up: another system side has taken its place at the router.",
                    channel.name());
            channel.close();
        } else {
            connectLater();
        }
    }

    private void tick(WebSocket current) {
        RouterLine known = line;
        if (known == null || !known.isHeard(System.currentTimeMillis())) {
            LOG.warn("The router of the channel {} has been silent for too long.", channel.name());
            current.close();
            onLost(current);
        }
    }

    private void tell(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            LOG.error("The system side failed at what the channel {} brought, which is dropped.", channel.name(), e);
        }
    }

    /** Whether a router is there that has spoken; from any thread. */
    boolean isConnected() {
        return connected;
    }

    /** Sends what waits, once it is known how to. */
    void send() {
        RouterLine known = line;
        if (known != null) {
            known.send(waiting.queue());
        }
    }

    /** Sends what waits and ends the connection for good; the channel is closed before. */
    void close() {
        RouterLine known = line;
        if (known != null) {
            known.sendAll(waiting.queue());
        }
        connected = false;
        vertx.cancelTimer(ticker);
        if (socket != null) {
            socket.close().onComplete(done -> client.close());
        } else {
            client.close();
        }
    }
}
