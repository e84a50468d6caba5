package org.mephisto.router;

import io.vertx.core.http.ServerWebSocket;
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
 * back and gets what it missed). Confined to the router's event loop.
 */
final class PageSocket implements PageInput.Page {
    private static final Logger LOG = LoggerFactory.getLogger(PageSocket.class);
    private static final int MOST_CLAIMS = 4;
    private static final int MOST_GARBAGE = 100;
    /** So long a frame may still come from a connection whose page is back on another. */
    private static final long LATE_MILLIS = 3_000;

    private final ServerWebSocket socket;
    private final Relay relay;
    private final @Nullable Consumer<ServerWebSocket> becomeSystem;
    private final PageAgents agents = new PageAgents();
    private final Acknowledgements acknowledgements = new Acknowledgements(this::write);
    private final Heartbeats heartbeats = new Heartbeats();
    private final HeldPages heldPages;
    private final ReadingValve valve;
    private final PageInput input;
    private final PageOutput output;
    private boolean acknowledges;
    private boolean isClosing;
    private final SystemSide.Settled settled = this::settled;
    /** When something came last, in ms since 1970. */
    private long readAt = System.currentTimeMillis();

    private int claims;
    private int garbage;

    /**
     * Takes over a socket that has just been opened.
     *
     * @param scratch for {@link PageInput}
     * @param heldPages where this one is while it is held back
     * @param becomeSystem called when the socket speaks as the system side; null when it may not
     */
    PageSocket(
            ServerWebSocket socket,
            Relay relay,
            RouterOptions.Limits limits,
            byte[] scratch,
            HeldPages heldPages,
            @Nullable Consumer<ServerWebSocket> becomeSystem) {
        this.socket = socket;
        this.valve = new ReadingValve(socket, this::onValve);
        this.heldPages = heldPages;
        this.output = new PageOutput(socket);
        this.becomeSystem = becomeSystem;
        this.relay = relay;
        socket.setWriteQueueMaxSize(limits.socketQueueBytes());
        this.input = new PageInput(socket, valve, limits.pageFrameBytes(), scratch, this);
        socket.exceptionHandler(e -> LOG.debug("A page's socket failed: {}", e.getMessage()));
        socket.closeHandler(closed -> onClose());
    }

    @Override
    public void onRead() {
        readAt = System.currentTimeMillis();
    }

    @Override
    public void onText(byte[] utf8, int length) {
        try {
            Packet packet = PacketCodec.readIncoming(utf8, length, readAt / 1000.0);
            agents.showSignOfLife(readAt);
            heartbeats.hear(packet.timestamps().client(), readAt);
            accept(packet);
        } catch (MephistoException | Refusal e) {
            onGarbage(e.getMessage());
        }
    }

    /** Acts on a packet of this page. */
    void accept(Packet packet) {
        if (isClosed()) {
            acceptLate(packet);
            return;
        }
        switch (packet.type()) {
            case HEARTBEAT -> {
                answerHeartbeat(packet);
                if (isFromAgent(packet)) {
                    relay.connections().stillHere(packet.subjectId(), System.currentTimeMillis());
                }
            }
            case ALIVE -> {
                if (becomeSystem != null && packet.subjectId().equals(Packet.SYSTEM)) {
                    onClose();
                    input.stop();
                    becomeSystem.accept(socket);
                    return;
                }
                acknowledges |= Acknowledgements.areAskedFor(packet);
                boolean wasHere = agents.find(packet.subjectId()) != null;
                if (isFromAgent(packet) && wasHere) {
                    writeStatus(packet.subjectId());
                }
            }
            case MEPHISTO_BOUND_LIVE_UPDATE -> {
                if (isFromAgent(packet)) {
                    tellInOrder(packet);
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
                    FLOW_CONTROL,
                    ACKNOWLEDGE ->
                onGarbage("A page does not send packets of type \""
                        + packet.type().word() + "\".");
        }
    }

    /** Nobody is here any more, but what was said counts. */
    private void acceptLate(Packet packet) {
        boolean isKnown = relay.statuses().find(packet.subjectId(), System.currentTimeMillis()) != null;
        if (isKnown && packet.type() == PacketType.MEPHISTO_BOUND_LIVE_UPDATE) {
            tellInOrder(packet);
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
        Seat known = agents.find(agentId);
        if (known != null) {
            if (known.socket() != this && isToBeSeated(agentId, packet)) {
                take(agentId, System.currentTimeMillis());
            }
            return true;
        }
        long now = System.currentTimeMillis();
        if (relay.statuses().find(agentId, now) == null) {
            claim(agentId, packet, now);
            return false;
        }
        if (agents.isFull()) {
            onGarbage("One socket serves no more than " + PageAgents.MOST + " agents.");
            return false;
        }
        writeStatus(agentId);
        take(agentId, now);
        return true;
    }

    private void take(String agentId, long now) {
        agents.put(relay.connections().bind(agentId, this, now));
    }

    /**
     * Somebody with two tabs gets the answer in the one in which they have just done something. What comes right after another socket has
     * taken the place was only late: it is from a connection that is broken. Asked anew of all seats, as there may be a later one.
     */
    private boolean isToBeSeated(String agentId, Packet packet) {
        PageSocket there = relay.connections().socketOf(agentId);
        return there == null
                || (there != this
                        && packet.type() == PacketType.MEPHISTO_BOUND_LIVE_UPDATE
                        && relay.connections().isSeatedSince(agentId, System.currentTimeMillis() - LATE_MILLIS));
    }

    private void tellInOrder(Packet update) {
        if (!relay.tellInOrder(update, settled)) {
            valve.awaitSettled();
        }
    }

    /** What was refused is not acknowledged: a page that waits for that sends it again. */
    private void settled(Packet update, boolean taken) {
        valve.settled();
        if (taken && acknowledges) {
            acknowledgements.add(update);
        }
    }

    /** Holds the page back, or lets it go on. */
    void hold(boolean hold) {
        valve.hold(hold);
    }

    boolean isHeld() {
        return valve.isHeld();
    }

    private void claim(String agentId, Packet packet, long now) {
        boolean isNoise = packet.type() == PacketType.HEARTBEAT;
        if (++claims > MOST_CLAIMS * MOST_GARBAGE) {
            onGarbage("The agent is not known.");
        } else {
            // An answered heartbeat is not answered again on confirmation; it then only says who is here.
            Packet held = isNoise ? Packet.of(PacketType.ALIVE, agentId, JsonValue.emptyObject()) : packet;
            relay.connections().claims().add(agentId, this, held, now);
        }
    }

    private void writeStatus(String agentId) {
        write(PacketCodec.frame(relay.visits().status(agentId, System.currentTimeMillis())));
    }

    private void answerHeartbeat(Packet packet) {
        write(PacketCodec.frame(heartbeats.answer(packet, readAt, systemSilentFor(readAt))));
    }

    private long systemSilentFor(long now) {
        return Math.max(0, now - relay.lastSignOfLife(now));
    }

    /** Answers a heartbeat that may lie unread. */
    void writeHeartbeat(long now) {
        write(PacketCodec.frame(heartbeats.unasked(agents.any(), now, systemSilentFor(now))));
    }

    /** While it is not read a page cannot show that it is there. */
    private void onValve(boolean isHeld) {
        if (isHeld && !isClosed()) {
            heldPages.add(this);
        } else {
            heldPages.remove(this);
            agents.showSignOfLife(System.currentTimeMillis());
        }
    }

    /** Sends a frame's text. @return false when the socket is closed or closes because its page reads too slowly */
    boolean write(byte[] utf8) {
        if (isClosed()) {
            return false;
        }
        if (output.isFull()) {
            close(1013, "The page reads too slowly.");
            return false;
        }
        output.add(utf8);
        return true;
    }

    /** Calls back when the page's connection has taken all that was written until now; never, when it breaks first. */
    void whenWritten(Runnable then) {
        output.whenWritten(then);
    }

    private boolean isClosed() {
        return isClosing || socket.isClosed();
    }

    private void onGarbage(@Nullable String why) {
        LOG.debug("A page's frame is dropped: {}", why);
        if (++garbage > MOST_GARBAGE) {
            close(1008, "Too many frames that are no packets.");
        }
    }

    @Override
    public void close(int code, String reason) {
        onClose();
        isClosing = true;
        output.run();
        socket.close((short) code, reason);
    }

    private void onClose() {
        heldPages.remove(this);
        long now = System.currentTimeMillis();
        agents.leaveAll(seat -> relay.connections().leave(seat, this, now));
    }
}
