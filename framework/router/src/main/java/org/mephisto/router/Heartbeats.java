package org.mephisto.router;

import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/**
 * What one page's heartbeats are answered with. The page compares {@code last_mephisto_ping} with its own clock, which may be minutes off: the
 * answer is by the page's clock, as long ago as the system side's last sign of life. Before the page's time is known nothing is said, which
 * it takes for well. Confined to the router's event loop.
 *
 * <p>A frame that lay unread makes the page's clock seem slow, and an answer too far in its past ends the page for good. So that frame counts
 * by which the clock is furthest ahead: a page minds no answer that is ahead of it.
 */
final class Heartbeats {
    /** A timestamp beyond this is in milliseconds: as seconds it would be past the year 5000. */
    private static final double MILLISECONDS_FROM = 1e11;

    private static final long UNKNOWN = Long.MIN_VALUE;

    /** How far the page's clock is ahead of ours, in ms. */
    private long ahead = UNKNOWN;

    /**
     * Learns from a frame what time it is for the page.
     *
     * @param client the time in the frame, in seconds or milliseconds; NaN when there is none
     * @param readAt when it was read, in ms since 1970
     */
    void hear(double client, long readAt) {
        if (!Double.isNaN(client)) {
            long millis = Math.round(client > MILLISECONDS_FROM ? client : client * 1000);
            ahead = Math.max(ahead, millis - readAt);
        }
    }

    /**
     * The answer to a heartbeat.
     *
     * @param now in ms since 1970
     * @param silentFor how long ago the system side's last sign of life was, in ms
     */
    Packet answer(Packet heartbeat, long now, long silentFor) {
        return new Packet(PacketType.HEARTBEAT, heartbeat.subjectId(), data(now, silentFor), heartbeat.timestamps());
    }

    /** An answer to a heartbeat that has not been read. */
    Packet unasked(String agentId, long now, long silentFor) {
        return Packet.of(PacketType.HEARTBEAT, agentId, data(now, silentFor));
    }

    private JsonValue data(long now, long silentFor) {
        return ahead == UNKNOWN
                ? JsonValue.emptyObject()
                : JsonValue.ofText("{\"last_mephisto_ping\":" + (now + ahead - silentFor) + "}");
    }
}
