package org.mephisto.distribution;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;

/** The heartbeats that a page sends, one every six seconds unless it is told otherwise. Confined to the page's thread. */
final class Heartbeats {
    private final Page page;
    private int sent;

    private Heartbeats(Page page) {
        this.page = page;
    }

    /** Of a page that has not opened its socket yet. */
    static Heartbeats of(Page page) {
        Heartbeats heartbeats = new Heartbeats(page);
        page.onWebSocket(socket -> socket.onFrameSent(heartbeats::count));
        return heartbeats;
    }

    private void count(WebSocketFrame frame) {
        if (frame.text() != null && frame.text().contains("\"heartbeat\"")) {
            sent++;
        }
    }

    /** Waits for so many more. */
    void await(int more) {
        int enough = sent + more;
        page.waitForCondition(() -> sent >= enough);
    }
}
