package org.mephisto.distribution;

import java.time.Duration;

/** With a page made with the original's published client. */
final class PublishedPageNetworkCutIT extends NetworkCutContract {
    private static final Duration BETWEEN_HEARTBEATS = Duration.ofMillis(5_700);

    PublishedPageNetworkCutIT() {
        super(ChatWindow.Kind.PUBLISHED);
    }

    /**
     * This client looks after its connection with each heartbeat only, every six seconds, and here the cut comes just before one: two fail,
     * and the page is away for as long as it can be.
     */
    @Override
    void cutOff(ChatWindow idle, Cable cable) {
        idle.awaitHeartbeat();
        cable.unplug(BETWEEN_HEARTBEATS, CUT);
    }
}
