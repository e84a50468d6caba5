package org.mephisto.router;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.MephistoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where system sides of other processes come in: our own, which says so in a header and introduces itself in its first message, perhaps
 * to go on where a broken connection ended; and foreign ones. Confined to the router's event loop.
 */
final class SystemDoor {
    private static final Logger LOG = LoggerFactory.getLogger(SystemDoor.class);
    private static final short MISUNDERSTOOD = 1002;

    private final Vertx vertx;
    private final Relay relay;
    private final int capacity;
    private @Nullable RemoteSystem ours;

    /** @param capacity how many packets may wait for a system side */
    SystemDoor(Vertx vertx, Relay relay, int capacity) {
        this.vertx = vertx;
        this.relay = relay;
        this.capacity = capacity;
    }

    /** Lets a socket in that may be the system side's. */
    void admit(ServerWebSocket socket) {
        if (socket.headers().contains(RemoteSystem.OURS)) {
            socket.exceptionHandler(e -> LOG.debug("The system side's socket failed: {}", e.getMessage()));
            socket.textMessageHandler(first -> onFirstMessage(socket, first));
        } else {
            LOG.info("A system side of another kind has connected.");
            relay.attach(new ForeignSystem(socket, relay));
        }
    }

    private void onFirstMessage(ServerWebSocket socket, String message) {
        ChannelHello hello = find(message);
        if (hello == null) {
            socket.close(MISUNDERSTOOD, "A system side of another version than this router's has connected.");
            return;
        }
        RemoteSystem known = ours;
        if (known == null || !known.is(hello)) {
            LOG.info("The system side has connected.");
            known = new RemoteSystem(vertx, relay, capacity);
            ours = known;
        } else {
            LOG.info("The system side is back.");
        }
        known.connect(socket, hello);
    }

    private static @Nullable ChannelHello find(String message) {
        try {
            return ChannelHello.find(PacketCodec.read(message).data().text());
        } catch (MephistoException e) {
            return null;
        }
    }
}
