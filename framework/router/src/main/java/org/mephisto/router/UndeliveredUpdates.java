package org.mephisto.router;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mephisto.router.SystemSide.Settled;
import org.mephisto.router.SystemSide.Untaken;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pages' live updates that no system side could take yet, in the order in which they came. Confined to the router's event loop. */
final class UndeliveredUpdates {
    private static final Logger LOG = LoggerFactory.getLogger(UndeliveredUpdates.class);

    private final ArrayDeque<Untaken> waiting = new ArrayDeque<>();
    private final int limit;

    /** @param limit how many may wait; more are dropped */
    UndeliveredUpdates(int limit) {
        this.limit = limit;
    }

    /**
     * Sends an update, now or, in order, as soon as a system side can take it.
     *
     * @return false when so much waits that the page should wait too; the update is taken nevertheless, as long as there is any room
     */
    boolean send(@Nullable SystemSide side, Packet update, Settled settled) {
        if (waiting.isEmpty() && side != null && isDealtWith(side, update, settled)) {
            return true;
        }
        if (waiting.size() >= limit) {
            LOG.warn("A live update is dropped: {} wait for the system side already.", limit);
            return true;
        }
        waiting.add(new Untaken(update, settled));
        return waiting.size() < limit / 2;
    }

    /** What pages had said to a system side that is gone goes to the next one, before what they have said since. */
    void takeBack(List<Untaken> untaken) {
        for (Untaken each : untaken.reversed()) {
            if (each.packet().type() == PacketType.MEPHISTO_BOUND_LIVE_UPDATE) {
                waiting.addFirst(each);
            }
        }
    }

    /** Sends what waits, as far as this system side takes it. */
    void flush(@Nullable SystemSide side) {
        while (side != null && !waiting.isEmpty()) {
            Untaken next = waiting.element();
            if (!isDealtWith(side, next.packet(), next.settled())) {
                return;
            }
            waiting.remove();
        }
    }

    /** Whether it was sent, or will never be: one that cannot be sent is let fall, and those behind it go on. */
    private static boolean isDealtWith(SystemSide side, Packet update, Settled settled) {
        try {
            return side.send(update, settled);
        } catch (RuntimeException e) {
            LOG.error("A live update is dropped, as it cannot be sent.", e);
            settled.accept(update, false);
            return true;
        }
    }
}
