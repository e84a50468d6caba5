package org.mephisto.supervisor.io;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.mephisto.router.PacketRoom;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.packet.Channel;
import org.mephisto.spi.packet.ChannelListener;
import org.mephisto.spi.packet.Packet;

/**
 * The system side's connection to a router in another process: one WebSocket, and the deployment's secret when connecting. A lost connection
 * is made again ({@link RouterConnection}): with a router of ours nothing is lost or doubled by a broken connection, as long as what waits
 * is within the limit.
 *
 * <p>Thread-safe. All that concerns the socket is confined to one event loop; the listener is called there.
 */
public final class WebSocketChannel implements Channel {
    private static final long MOST_BYTES = 256L << 20;
    private static final int OPEN_SECONDS = 20;

    private final Vertx vertx;
    private final RouterAddress router;
    private final Context context;
    private final WaitingPackets waiting;
    private final AtomicBoolean opened = new AtomicBoolean();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final CompletableFuture<Void> firstConnection = new CompletableFuture<>();

    private volatile boolean closed;
    /** Made on the event loop by {@link #open}, and used there. */
    private volatile @Nullable RouterConnection connection;

    /**
     * @param router where browsers reach the router: {@code http}, {@code https}, {@code ws} or {@code wss}
     * @param capacity how many packets may wait until the router has them
     */
    public WebSocketChannel(Vertx vertx, URI router, String secret, int capacity) {
        this.vertx = vertx;
        this.router = new RouterAddress(router, secret);
        this.context = vertx.getOrCreateContext();
        this.waiting = WaitingPackets.within(new PacketRoom(capacity, MOST_BYTES));
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
            RouterConnection fresh = new RouterConnection(vertx, router, waiting, this, taker, firstConnection);
            connection = fresh;
            fresh.connect();
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

    @Override
    public boolean isAlive() {
        RouterConnection current = connection;
        return current != null && current.isConnected() && !closed;
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
        if (!waiting.add(packet)) {
            return false;
        }
        if (scheduled.compareAndSet(false, true)) {
            context.runOnContext(loop -> {
                scheduled.set(false);
                RouterConnection current = connection;
                if (current != null) {
                    current.send();
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
            RouterConnection last = connection;
            if (last != null) {
                last.close();
            }
        });
    }
}
