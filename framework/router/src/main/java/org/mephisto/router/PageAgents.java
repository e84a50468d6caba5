package org.mephisto.router;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The agents that one page has named on its socket: mostly one, and after an onboarding a second. Confined to the router's event loop. */
final class PageAgents {
    static final int MOST = 8;

    private final Map<String, Seat> seats = new HashMap<>(2);
    /** The one asked for last, whom mostly the next packet names, too. */
    private @Nullable Seat latest;

    /** In ms since 1970. */
    private long lastPacketAt;

    /** The agent's seat; null when this page has not named it. */
    @Nullable
    Seat find(String agentId) {
        if (latest == null || !latest.agentId.equals(agentId)) {
            latest = seats.get(agentId);
        }
        return latest;
    }

    /** Whether no other agent may come: one page has no more than {@link #MOST}. */
    boolean isFull() {
        return seats.size() >= MOST;
    }

    /** One of the page's agents; empty when it has named none. */
    String any() {
        return latest != null
                ? latest.agentId
                : seats.keySet().stream().findFirst().orElse("");
    }

    void put(Seat seat) {
        seats.put(seat.agentId, seat);
        latest = seat;
    }

    /**
     * A packet of the page's has come, whoever it is for: all of them are there.
     *
     * @param now in ms since 1970; what comes at the same time counts once
     */
    void showSignOfLife(long now) {
        if (lastPacketAt != now) {
            lastPacketAt = now;
            for (Seat seat : seats.values()) {
                seat.heard = now;
            }
        }
    }

    /** The page has gone, and with it all its agents. */
    void leaveAll(Consumer<Seat> leave) {
        seats.values().forEach(leave);
        seats.clear();
        latest = null;
    }
}
