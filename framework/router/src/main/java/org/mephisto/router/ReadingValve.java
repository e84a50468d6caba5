package org.mephisto.router;

import io.vertx.core.http.ServerWebSocket;

/** Stops reading what a page sends, which in the end stops the page from sending, and goes on. Confined to the router's event loop. */
final class ReadingValve {
    private final ServerWebSocket socket;
    private final Turned turned;
    private boolean held;
    private boolean waits;
    private boolean paused;

    /** Told when reading stops, and when it goes on, before anything more is read. */
    interface Turned {
        void turned(boolean isHeld);
    }

    ReadingValve(ServerWebSocket socket, Turned turned) {
        this.socket = socket;
        this.turned = turned;
    }

    /** Somebody wants the page held back, or no longer. */
    void hold(boolean hold) {
        held = hold;
        turn();
    }

    /** So many updates wait for the system side that the page is not read until one of its has been settled. */
    void awaitSettled() {
        waits = true;
        turn();
    }

    /** One of the page's updates has been settled. */
    void settled() {
        if (waits) {
            waits = false;
            turn();
        }
    }

    boolean isHeld() {
        return held || waits;
    }

    private void turn() {
        boolean pause = isHeld();
        if (pause == paused) {
            return;
        }
        paused = pause;
        turned.turned(pause);
        if (pause) {
            socket.pause();
        } else {
            socket.resume();
        }
    }
}
