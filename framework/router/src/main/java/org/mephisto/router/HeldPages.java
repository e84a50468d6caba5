package org.mephisto.router;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The sockets of pages that are held back. Their heartbeats lie unread behind what else they have sent, and a page without answers takes the
 * connection for broken: so these get answers unasked. Confined to the router's event loop.
 */
final class HeldPages {
    private static final long ANSWER_MILLIS = 5_000;

    private final Set<PageSocket> pages = new LinkedHashSet<>();
    private long answeredAt = System.currentTimeMillis();

    void add(PageSocket page) {
        pages.add(page);
    }

    void remove(PageSocket page) {
        pages.remove(page);
    }

    /** Called about twice a second. A page that is closed for not reading leaves meanwhile. */
    void sweep(long now) {
        if (now - answeredAt >= ANSWER_MILLIS) {
            answeredAt = now;
            new ArrayList<>(pages).forEach(page -> page.writeHeartbeat(now));
        }
    }
}
