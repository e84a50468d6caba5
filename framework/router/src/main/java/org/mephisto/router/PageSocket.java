package org.mephisto.router;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One page's WebSocket. What it says is taken for an agent's when it names the agent's id, which only that agent's page can know.
 *
 * <p>A text that is not a packet, or a packet that pages do not send, is dropped; a socket that sends too many of them is closed with
 * 1008. A binary message closes it with 1003, a message beyond the limit with 1009, a page that reads too slowly with 1013 (it comes
 * back and gets what waited). Confined to the router's event loop.
 */
final class PageSocket {
    private static final Logger LOG = LoggerFactory.getLogger(PageSocket.class);
    private static final int MOST_AGENTS = 8;
    private static final int MOST_CLAIMS = 4;
    private static final int MOST_GARBAGE = 100;
    /** A timestamp beyond this is in milliseconds: as seconds it would be past the year 5000. */
    private static final double MILLISECONDS_FROM = 1e11;

    private final ServerWebSocket socket;
    private final Relay relay;
    private final int frameLimit;
    private final @Nullable Consumer<ServerWebSocket> becomeSystem;
    private final Set<String> agents = new HashSet<>(2);
    private @Nullable StringBuilder fragments;
    private int claims;
    private int garbage;

    /** @param becomeSystem called when the socket speaks as the system side; null when it may not */
    PageSocket(
            ServerWebSocket socket,
            Relay relay,
            RouterOptions.Limits limits,
            @Nullable Consumer<ServerWebSocket> becomeSystem) {
        this.socket = socket;
        this.becomeSystem = becomeSystem;
        this.relay = relay;
        this.frameLimit = limits.pageFrameBytes();
        socket.setWriteQueueMaxSize(limits.socketQueueBytes());
        socket.frameHandler(this::onFrame);
        socket.exceptionHandler(e -> LOG.debug("A page's socket failed: {}", e.getMessage()));
        socket.closeHandler(closed -> onClose());
    }

    private void onFrame(WebSocketFrame frame) {
        if (frame.isText() && frame.isFinal()) {
            onText(frame.textData());
        } else if (frame.isText() || frame.isContinuation()) {
            onFragment(frame);
        } else if (frame.isBinary()) {
            close(1003, "Only text frames are understood here.");
        }
    }

    private void onFragment(WebSocketFrame frame) {
        StringBuilder begun = fragments == null ? new StringBuilder() : fragments;
        begun.append(frame.isText() ? frame.textData() : frame.binaryData().toString());
        if (begun.length() > frameLimit) {
            fragments = null;
            close(1009, "The message is too large.");
        } else if (frame.isFinal()) {
            fragments = null;
            onText(begun.toString());
        } else {
            fragments = begun;
        }
    }

    private void onText(String text) {
        if (socket.isClosed()) {
            return;
        }
        try {
            Packet read = PacketCodec.read(text);
            double now = System.currentTimeMillis() / 1000.0;
            accept(new Packet(
                    read.type(),
                    read.subjectId(),
                    read.data(),
                    Packet.Timestamps.incoming(read.timestamps().client(), now)));
        } catch (MephistoException e) {
            onGarbage(e.getMessage());
        }
    }

    /** Acts on a packet of this page. */
    void accept(Packet packet) {
        switch (packet.type()) {
            case HEARTBEAT -> {
                answerHeartbeat(packet);
                isFromAgent(packet);
            }
            case ALIVE -> {
                if (becomeSystem != null && packet.subjectId().equals(Packet.SYSTEM)) {
                    onClose();
                    socket.frameHandler(null);
                    becomeSystem.accept(socket);
                    return;
                }
                boolean atOnce = agents.contains(packet.subjectId());
                if (isFromAgent(packet) && atOnce) {
                    writeStatus(packet.subjectId());
                }
            }
            case MEPHISTO_BOUND_LIVE_UPDATE -> {
                if (isFromAgent(packet)) {
                    relay.tellInOrder(packet);
                }
            }
            case ERROR -> {
                if (isFromAgent(packet)) {
                    relay.tell(packet);
                }
            }
            case REGISTER_AGENT,
                    AGENT_DETAILS,
                    SUBMIT_ONBOARDING,
                    SUBMIT_UNIT,
                    SUBMIT_METADATA,
                    CLIENT_BOUND_LIVE_UPDATE,
                    UPDATE_STATUS,
                    REQUEST_STATUSES,
                    RETURN_STATUSES,
                    ACKNOWLEDGE ->
                onGarbage("A page does not send packets of type \""
                        + packet.type().word() + "\".");
        }
    }

    /** Whether the packet names an agent that the system side knows; if this is news for this socket, the agent is now here. */
    private boolean isFromAgent(Packet packet) {
        String agentId = packet.subjectId();
        if (agentId.isEmpty()) {
            return false;
        }
        if (agentId.equals(Packet.SYSTEM)) {
            onGarbage("Nobody speaks as the system side on a page's socket.");
            return false;
        }
        long now = System.currentTimeMillis();
        if (agents.contains(agentId)) {
            if (relay.connections().socketOf(agentId) == null) {
                relay.connections().bind(agentId, this);
            }
            return true;
        }
        if (relay.statuses().find(agentId, now) == null) {
            claim(agentId, packet, now);
            return false;
        }
        if (agents.size() >= MOST_AGENTS) {
            onGarbage("One socket serves no more than " + MOST_AGENTS + " agents.");
            return false;
        }
        agents.add(agentId);
        writeStatus(agentId);
        relay.connections().bind(agentId, this);
        return true;
    }

    private void claim(String agentId, Packet packet, long now) {
        boolean isNoise = packet.type() == PacketType.HEARTBEAT;
        if (++claims > MOST_CLAIMS * MOST_GARBAGE) {
            onGarbage("The agent is not known.");
        } else {
            // An answered heartbeat is not answered again on confirmation; it then only says who is here.
            Packet held = isNoise ? Packet.of(PacketType.ALIVE, agentId, JsonValue.emptyObject()) : packet;
            relay.connections().claim(agentId, this, held, now);
        }
    }

    private void writeStatus(String agentId) {
        String status = relay.statuses().find(agentId, System.currentTimeMillis());
        StringBuilder data = new StringBuilder("{\"status\":");
        PacketCodec.quote(status == null ? StatusCache.UNKNOWN : status, data);
        write(PacketCodec.write(Packet.of(
                PacketType.UPDATE_STATUS,
                agentId,
                JsonValue.ofText(data.append('}').toString()))));
    }

    /**
     * The page compares {@code last_mephisto_ping} with its own clock, which may be minutes off: the answer is by the page's clock, as
     * long ago as the system side's last sign of life. Without the page's time nothing is said, which it takes for well.
     */
    private void answerHeartbeat(Packet packet) {
        double client = packet.timestamps().client();
        JsonValue data = JsonValue.emptyObject();
        if (!Double.isNaN(client)) {
            long now = System.currentTimeMillis();
            double clientMillis = client > MILLISECONDS_FROM ? client : client * 1000;
            long silentFor = Math.max(0, now - relay.lastSignOfLife(now));
            data = JsonValue.ofText("{\"last_mephisto_ping\":" + (Math.round(clientMillis) - silentFor) + "}");
        }
        write(PacketCodec.write(new Packet(PacketType.HEARTBEAT, packet.subjectId(), data, packet.timestamps())));
    }

    /** Sends a frame. @return false when the socket is closed or closes because its page reads too slowly */
    boolean write(String frame) {
        if (socket.isClosed()) {
            return false;
        }
        if (socket.writeQueueFull()) {
            close(1013, "The page reads too slowly.");
            return false;
        }
        socket.writeTextMessage(frame);
        return true;
    }

    private void onGarbage(String why) {
        LOG.debug("A page's frame is dropped: {}", why);
        if (++garbage > MOST_GARBAGE) {
            close(1008, "Too many frames that are no packets.");
        }
    }

    private void close(int code, String reason) {
        onClose();
        socket.close((short) code, reason);
    }

    private void onClose() {
        long now = System.currentTimeMillis();
        for (String agentId : agents) {
            relay.connections().leave(agentId, this, now);
        }
        agents.clear();
    }
}
