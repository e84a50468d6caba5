package org.mephisto.router;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Where one agent is: at a page's socket, or away. Confined to the router's event loop. */
final class Seat {
    final String agentId;
    /** When a frame of the agent's came last, in ms since 1970; at first, when the system side named the agent. */
    long heard;
    /** When it came to its socket, in ms since 1970. */
    long takenAt;
    /** Whether the system side is to be told when nothing is heard any more. */
    boolean watched;
    /** Whether the {@link SilenceWheel} has it. */
    boolean turning;
    /** The system side has been asked for all that the page has missed, and has not begun to send it. */
    boolean resuming;
    /** The number of that question, see {@link Resumes}. */
    long question;
    /** When it was asked, in ms since 1970; far ahead while it waits for the page to read. */
    long askedAt;
    /** It asks for what comes behind this position of the system side's, as JSON; null when it asks for all. */
    @Nullable
    String resumeAfter;

    /** Whether a page has ever been at a socket here. */
    boolean hasBeenHere;
    /** Whether the page is to be held back. */
    private boolean heldBack;

    private @Nullable PageSocket socket;
    private @Nullable Queue<byte[]> held;

    Seat(String agentId, long now) {
        this.agentId = agentId;
        this.heard = now;
    }

    @Nullable
    PageSocket socket() {
        return socket;
    }

    void take(@Nullable PageSocket now) {
        socket = now;
        if (now != null) {
            hasBeenHere = true;
            if (heldBack) {
                now.hold(true);
            }
        }
    }

    /** Holds the page back, also one that comes later, or lets it go on. */
    void holdBack(boolean hold) {
        heldBack = hold;
        if (socket != null) {
            socket.hold(hold);
        }
    }

    /** Updates that wait for the page, where the system side does not keep them. */
    Queue<byte[]> held() {
        Queue<byte[]> known = held;
        if (known == null) {
            known = new ArrayDeque<>();
            held = known;
        }
        return known;
    }

    boolean isHolding() {
        return held != null && !held.isEmpty();
    }
}
