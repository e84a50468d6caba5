package org.mephisto.router;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which agent is at which page's socket. An agent is where it was named last for the first time on a socket: a page that comes back
 * takes its agent along, and what an older, still open socket of the same agent says does not take it back, unless that is a live update
 * some time later: then two pages are open, and the agent is where something is being done.
 *
 * <p>Our own system side keeps what it sends, so nothing is kept here: whenever an agent takes a seat, the system side is asked for all that
 * the page has missed ({@link Resumes}), and until that begins to come, everything else for the page is let fall, as it is part of it. For
 * a foreign system side, live updates for a page that is away wait here, a bounded number of them for a bounded time.
 *
 * <p>An agent that the system side has not announced to this router (it may have restarted) is asked for; until the system confirms it,
 * the page's packets wait, and without confirmation they are dropped and the socket gets nothing. Confined to the router's event loop.
 */
final class AgentConnections {
    private static final Logger LOG = LoggerFactory.getLogger(AgentConnections.class);
    private static final long AWAY_MILLIS = 10 * 60_000;

    private final Relay relay;
    private final Resumes resumes;
    private final Claims claims;
    private final int heldLimit;
    private final @Nullable SilenceWheel silence;
    private final Map<String, Seat> seats = new HashMap<>();
    /** Seats without a socket where updates wait, and since when; the longest away first. */
    private final Map<Seat, Long> away = new LinkedHashMap<>();

    AgentConnections(Relay relay, RouterOptions.Limits limits) {
        this.relay = relay;
        this.resumes = new Resumes(relay);
        this.claims = new Claims(relay, limits.heldPackets());
        this.heldLimit = limits.heldPackets();
        this.silence = limits.pageSilence().isZero()
                ? null
                : new SilenceWheel(limits.pageSilence().toMillis(), System.currentTimeMillis());
    }

    /** Puts a known agent at this socket and sees to it that it gets what it has missed. */
    Seat bind(String agentId, PageSocket socket, long now) {
        Seat seat = seat(agentId, now);
        boolean isAskedFor = seat.socket() == null && seat.resuming;
        seat.heard = now;
        seat.take(socket);
        seat.takenAt = now;
        away.remove(seat);
        if (relay.systemKeepsUpdates()) {
            if (!isAskedFor) {
                resumes.begin(seat);
            }
        } else if (seat.isHolding()) {
            while (!seat.held().isEmpty() && socket.write(seat.held().element())) {
                seat.held().remove();
            }
        }
        return seat;
    }

    private Seat seat(String agentId, long now) {
        return seats.computeIfAbsent(agentId, id -> new Seat(id, now));
    }

    /** The agent's page is still there. */
    void stillHere(String agentId, long now) {
        Seat seat = seats.get(agentId);
        if (seat != null) {
            resumes.askAgain(seat, now);
        }
    }

    /** A system side has attached, which may not be the one of before; or one had to let packets for pages fall. */
    void resumeAll() {
        claims.askAnew(System.currentTimeMillis());
        seats.values().forEach(this::resume);
    }

    /** The system side had to let packets for the agent's page fall. */
    void resume(String agentId) {
        Seat seat = seats.get(agentId);
        if (seat != null) {
            resume(seat);
        } else {
            claims.askAgain(agentId);
        }
    }

    private void resume(Seat seat) {
        if (seat.socket() != null) {
            resumes.begin(seat);
        }
    }

    /** The system side begins to send what the agent's page has missed. */
    void resumed(String agentId, long question) {
        Seat seat = seats.get(agentId);
        if (seat != null) {
            resumes.answered(seat, question);
        }
    }

    /** The system side sends no more of it until it is asked on. */
    void stopped(String agentId, long question, String position) {
        Seat seat = seats.get(agentId);
        if (seat != null) {
            resumes.stopped(seat, question, position);
        }
    }

    /** The socket that the agent is at, if it is at one. */
    @Nullable
    PageSocket socketOf(String agentId) {
        Seat seat = seats.get(agentId);
        return seat == null ? null : seat.socket();
    }

    /** Whether the agent has been at its socket since before this time. */
    boolean isSeatedSince(String agentId, long time) {
        Seat seat = seats.get(agentId);
        return seat != null && seat.takenAt < time;
    }

    /**
     * The socket has closed. Its page was there until then: the published client finds out with its next heartbeat, and after a cut of seven
     * seconds it is back twelve seconds after this, which is eighteen after its last frame.
     */
    void leave(Seat seat, PageSocket socket, long now) {
        if (seat.socket() == socket) {
            seat.take(null);
            resumes.end(seat);
            seat.heard = now;
            if (seat.isHolding()) {
                away.put(seat, now);
            }
            forgetIfUnused(seat);
        }
    }

    private void forgetIfUnused(Seat seat) {
        if (seat.socket() == null && !seat.watched && !seat.isHolding()) {
            seats.remove(seat.agentId, seat);
        }
    }

    /** Brings a live update to the agent's page; when it is away, what becomes of it is said above. */
    void deliver(String agentId, byte[] frame) {
        Seat known = seats.get(agentId);
        PageSocket socket = known == null ? null : known.socket();
        if (known != null && socket != null && !known.resuming && socket.write(frame)) {
            return;
        }
        if (relay.systemKeepsUpdates()) {
            return;
        }
        long now = System.currentTimeMillis();
        Seat seat = seat(agentId, now);
        if (seat.held().size() >= heldLimit) {
            LOG.warn("A live update is dropped: {} wait already for a page that is away.", heldLimit);
            return;
        }
        seat.held().add(frame);
        away.putIfAbsent(seat, now);
    }

    /** Brings a packet to the agent's page if it is there now. */
    void push(String agentId, byte[] frame) {
        PageSocket socket = socketOf(agentId);
        if (socket != null) {
            socket.write(frame);
        }
    }

    /** Holds the agent's page back, or lets it go on. */
    void hold(String agentId, boolean hold) {
        Seat seat = seats.get(agentId);
        if (seat != null) {
            seat.holdBack(hold);
        }
    }

    /** From now on the system side is told when nothing is heard of the agent for too long, or no longer. */
    void watch(String agentId, boolean watched, long now) {
        SilenceWheel wheel = silence;
        if (wheel == null) {
            return;
        }
        if (watched) {
            Seat seat = seat(agentId, now);
            seat.watched = true;
            wheel.add(seat);
            return;
        }
        Seat seat = seats.get(agentId);
        if (seat != null) {
            seat.watched = false;
            forgetIfUnused(seat);
        }
    }

    Claims claims() {
        return claims;
    }

    /** The system side has named the agent, so there is one. */
    void announced(String agentId) {
        Claims.Claim claim = claims.remove(agentId);
        if (claim != null) {
            long now = System.currentTimeMillis();
            relay.statuses().announce(agentId, now);
            Seat seat = seat(agentId, now);
            seat.resuming = relay.systemKeepsUpdates();
            claim.accept();
            if (seat.socket() == null) {
                resumes.end(seat);
                forgetIfUnused(seat);
            }
        }
    }

    /** @return the watched agents of whom nothing has been heard for too long */
    List<Seat> sweep(long now) {
        claims.endDue(now);
        Iterator<Map.Entry<Seat, Long>> longestFirst = away.entrySet().iterator();
        while (longestFirst.hasNext()) {
            Map.Entry<Seat, Long> gone = longestFirst.next();
            if (now - gone.getValue() <= AWAY_MILLIS) {
                break;
            }
            longestFirst.remove();
            gone.getKey().held().clear();
            forgetIfUnused(gone.getKey());
        }
        return silence == null ? List.of() : silence.turn(now);
    }
}
