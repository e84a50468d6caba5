package org.mephisto.router;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;

/**
 * Agents that sockets have named and the system side has not: what is said for them waits until it has, and is dropped when it does not in
 * time. Confined to the router's event loop.
 */
final class Claims {
    private static final int MOST_CLAIMS = 20_000;
    private static final long MOST_CLAIMED_BYTES = 64L << 20;
    private static final long CLAIM_MILLIS = 10_000;

    private final Relay relay;
    private final int heldLimit;
    private final Map<String, Claim> claims = new HashMap<>();
    private long claimedBytes;

    /** @param heldLimit packets kept for one agent, from which on the page is not read further */
    Claims(Relay relay, int heldLimit) {
        this.relay = relay;
        this.heldLimit = heldLimit;
    }

    static final class Claim {
        private final ArrayDeque<Packet> held = new ArrayDeque<>(2);
        private long deadline;
        private PageSocket socket;

        private Claim(PageSocket socket, long deadline) {
            this.socket = socket;
            this.deadline = deadline;
        }

        /** Has the socket act on what it has said. */
        void accept() {
            held.forEach(socket::accept);
        }
    }

    /** Keeps a packet, and asks the system side for its agent. */
    void add(String agentId, PageSocket socket, Packet packet, long now) {
        Claim claim = claims.get(agentId);
        boolean isNew = claim == null;
        if (claim == null) {
            if (claims.size() >= MOST_CLAIMS || claimedBytes >= MOST_CLAIMED_BYTES) {
                return;
            }
            claim = new Claim(socket, now + CLAIM_MILLIS);
            claims.put(agentId, claim);
        }
        claim.socket = socket;
        claim.held.add(packet);
        claimedBytes += packet.data().utf8().length;
        if (claim.held.size() >= heldLimit || claimedBytes >= MOST_CLAIMED_BYTES) {
            socket.hold(true);
        }
        if (isNew) {
            ask(agentId);
        }
    }

    private void ask(String agentId) {
        relay.askForAgent(agentId, JsonValue.emptyObject());
    }

    /** Asks again for one agent, if it is claimed. */
    void askAgain(String agentId) {
        if (claims.containsKey(agentId)) {
            ask(agentId);
        }
    }

    /** Asks a system side for all that has not been asked, and gives it the time to answer. */
    void askAnew(long now) {
        claims.forEach((agentId, claim) -> {
            claim.deadline = now + CLAIM_MILLIS;
            ask(agentId);
        });
    }

    /** Whether a page waits for the agent to be named. */
    boolean contains(String agentId) {
        return !claims.isEmpty() && claims.containsKey(agentId);
    }

    /** The system side has named the agent. @return what waited for that; null when nothing did */
    @Nullable
    Claim remove(String agentId) {
        Claim claim = claims.isEmpty() ? null : claims.remove(agentId);
        if (claim != null) {
            end(claim);
        }
        return claim;
    }

    private void end(Claim claim) {
        claim.held.forEach(packet -> claimedBytes -= packet.data().utf8().length);
        claim.socket.hold(false);
    }

    /** The system side has not named them in time; while there is none, they wait for it. */
    void endDue(long now) {
        if (!relay.isSystemThere()) {
            return;
        }
        claims.values().removeIf(claim -> {
            boolean isDue = claim.deadline < now;
            if (isDue) {
                end(claim);
            }
            return isDue;
        });
    }
}
