package org.mephisto.router;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.packet.Packet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which agent is at which page's socket. An agent is where it was named last for the first time on a socket: a page that comes back
 * takes its agent along, and what an older, still open socket of the same agent says does not take it back.
 *
 * <p>Live updates for a page that is away wait here, a bounded number of them for a bounded time. An agent that the system side has not
 * announced to this router (it may have restarted) is asked for; until the system confirms it, the page's packets wait, and without
 * confirmation they are dropped and the socket gets nothing. Confined to the router's event loop.
 */
final class AgentConnections {
    private static final Logger LOG = LoggerFactory.getLogger(AgentConnections.class);
    private static final int MOST_CLAIMS = 1_000;
    private static final long CLAIM_MILLIS = 10_000;
    private static final long AWAY_MILLIS = 10 * 60_000;

    private final Relay relay;
    private final int heldLimit;
    private final Map<String, Seat> seats = new HashMap<>();
    private final Map<String, Claim> claims = new HashMap<>();

    AgentConnections(Relay relay, int heldLimit) {
        this.relay = relay;
        this.heldLimit = heldLimit;
    }

    /** Puts a known agent at this socket and brings it what has waited. */
    void bind(String agentId, PageSocket socket) {
        Seat seat = seats.computeIfAbsent(agentId, id -> new Seat());
        seat.socket = socket;
        while (!seat.waiting.isEmpty() && socket.write(seat.waiting.peek())) {
            seat.waiting.remove();
        }
    }

    /** The socket that the agent is at, if it is at one. */
    @Nullable
    PageSocket socketOf(String agentId) {
        Seat seat = seats.get(agentId);
        return seat == null ? null : seat.socket;
    }

    /** The socket has closed. */
    void leave(String agentId, PageSocket socket, long now) {
        Seat seat = seats.get(agentId);
        if (seat != null && seat.socket == socket) {
            seat.socket = null;
            seat.awaySince = now;
            if (seat.waiting.isEmpty()) {
                seats.remove(agentId);
            }
        }
    }

    /** Brings a live update to the agent's page, or keeps it until the page is back. */
    void deliver(String agentId, String frame) {
        PageSocket socket = socketOf(agentId);
        if (socket != null && socket.write(frame)) {
            return;
        }
        Seat seat = seats.computeIfAbsent(agentId, id -> new Seat());
        if (seat.socket == null && seat.waiting.isEmpty()) {
            seat.awaySince = System.currentTimeMillis();
        }
        if (seat.waiting.size() >= heldLimit) {
            LOG.warn("A live update is dropped: {} wait already for a page that is away.", heldLimit);
            return;
        }
        seat.waiting.add(frame);
    }

    /** Brings a packet to the agent's page if it is there now. */
    void push(String agentId, String frame) {
        PageSocket socket = socketOf(agentId);
        if (socket != null) {
            socket.write(frame);
        }
    }

    /** A socket names an agent that nobody has announced: keeps the packet and asks the system side. */
    void claim(String agentId, PageSocket socket, Packet packet, long now) {
        Claim claim = claims.get(agentId);
        if (claim == null) {
            if (claims.size() >= MOST_CLAIMS) {
                return;
            }
            claim = new Claim(socket, now + CLAIM_MILLIS);
            claims.put(agentId, claim);
            claim.hold(packet, heldLimit);
            relay.askForAgent(agentId);
            return;
        }
        claim.socket = socket;
        claim.hold(packet, heldLimit);
    }

    /** The system side has named the agent, so there is one. */
    void announced(String agentId) {
        if (claims.isEmpty()) {
            return;
        }
        Claim claim = claims.remove(agentId);
        if (claim != null) {
            relay.statuses().announce(agentId, System.currentTimeMillis());
            claim.held.forEach(claim.socket::accept);
        }
    }

    void sweep(long now) {
        claims.values().removeIf(claim -> claim.deadline < now);
        Iterator<Seat> all = seats.values().iterator();
        while (all.hasNext()) {
            Seat seat = all.next();
            if (seat.socket == null && now - seat.awaySince > AWAY_MILLIS) {
                all.remove();
            }
        }
    }

    private static final class Seat {
        private final ArrayDeque<String> waiting = new ArrayDeque<>(0);
        private @Nullable PageSocket socket;
        private long awaySince;
    }

    private static final class Claim {
        private final long deadline;
        private final ArrayDeque<Packet> held = new ArrayDeque<>(2);
        private PageSocket socket;

        Claim(PageSocket socket, long deadline) {
            this.socket = socket;
            this.deadline = deadline;
        }

        void hold(Packet packet, int limit) {
            if (held.size() < limit) {
                held.add(packet);
            }
        }
    }
}
