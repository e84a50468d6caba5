package org.mephisto.router;

import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/**
 * What a page's heartbeat is answered with. The page compares {@code last_mephisto_ping} with its own clock, which may be minutes off: the
 * answer is by the page's clock, as long ago as the system side's last sign of life. Without the page's time nothing is said, which it takes
 * for well.
 */
final class HeartbeatAnswer {
    /** A timestamp beyond this is in milliseconds: as seconds it would be past the year 5000. */
    private static final double MILLISECONDS_FROM = 1e11;

    private HeartbeatAnswer() {}

    /** @param silentFor how long ago the system side's last sign of life was, in ms */
    static Packet to(Packet heartbeat, long silentFor) {
        double client = heartbeat.timestamps().client();
        JsonValue data = JsonValue.emptyObject();
        if (!Double.isNaN(client)) {
            double clientMillis = client > MILLISECONDS_FROM ? client : client * 1000;
            data = JsonValue.ofText("{\"last_mephisto_ping\":" + (Math.round(clientMillis) - silentFor) + "}");
        }
        return new Packet(PacketType.HEARTBEAT, heartbeat.subjectId(), data, heartbeat.timestamps());
    }
}
