package org.mephisto.router;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Finds the seats that nothing has been heard of for a given time, without looking at all of them: each waits in the slot of the second in
 * which its time would be over, and moves on when something has been heard since. Confined to the router's event loop.
 */
final class SilenceWheel {
    private static final long SLOT_MILLIS = 1_000;

    private final long silenceMillis;
    private final List<Queue<Seat>> slots = new ArrayList<>();
    private long turned;

    SilenceWheel(long silenceMillis, long now) {
        this.silenceMillis = silenceMillis;
        this.turned = now / SLOT_MILLIS;
        for (long i = 0; i < silenceMillis / SLOT_MILLIS + 3; i++) {
            slots.add(new ArrayDeque<>());
        }
    }

    /** Begins to watch a seat; harmless when it is watched already. */
    void add(Seat seat) {
        if (!seat.turning) {
            seat.turning = true;
            put(seat, seat.heard + silenceMillis);
        }
    }

    private void put(Seat seat, long due) {
        long slot = Math.max(turned + 1, due / SLOT_MILLIS + 1);
        slots.get((int) (slot % slots.size())).add(seat);
    }

    /**
     * Turns on to now.
     *
     * @return the seats that have been silent for too long; unless the watch over them ends they are given again a second later
     */
    List<Seat> turn(long now) {
        List<Seat> silent = new ArrayList<>();
        long until = now / SLOT_MILLIS;
        turned = Math.max(turned, until - slots.size());
        while (turned < until) {
            turned++;
            Queue<Seat> due = slots.get((int) (turned % slots.size()));
            for (int left = due.size(); left > 0; left--) {
                look(due.remove(), now, silent);
            }
        }
        return silent;
    }

    private void look(Seat seat, long now, List<Seat> silent) {
        PageSocket socket = seat.socket();
        if (!seat.watched) {
            seat.turning = false;
            return;
        }
        if (socket != null && socket.isHeld()) {
            seat.heard = now;
        }
        if (seat.heard + silenceMillis <= now) {
            silent.add(seat);
        }
        put(seat, seat.heard + silenceMillis);
    }
}
