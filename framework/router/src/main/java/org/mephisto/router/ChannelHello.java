package org.mephisto.router;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a side of a {@link PacketStream} introduces itself on a new connection: a JSON object with one field, {@code channel}.
 *
 * @param peer the session of the other side that it knows; empty when none
 * @param received the number of the last packet of that session's that it has dealt with
 * @param refused the numbers of those packets that it could not take
 */
public record ChannelHello(String session, String peer, long received, Set<Long> refused) {
    private static final int VERSION = 1;
    private static final FieldNames CHANNEL = new FieldNames("channel");
    private static final FieldNames FIELDS = new FieldNames("version", "session", "peer", "received", "refused");

    /** One that has taken everything. */
    public ChannelHello(String session, String peer, long received) {
        this(session, peer, received, Set.of());
    }

    /** Reads one; null when the message is another object or none, from a side that speaks otherwise. */
    public static @Nullable ChannelHello find(String message) {
        try {
            JsonScan outer = JsonScan.object("The message", message, CHANNEL);
            if (!outer.isObject(0)) {
                return null;
            }
            JsonScan scan = JsonScan.object("\"channel\"", outer.raw(0), FIELDS);
            return scan.number(0) == VERSION
                    ? new ChannelHello(
                            scan.requireString(1),
                            String.valueOf(scan.string(2)),
                            (long) scan.number(3),
                            RefusedPackets.read(scan, 4))
                    : null;
        } catch (NumberFormatException | Refusal e) {
            return null;
        }
    }

    String text() {
        return "{\"channel\":{\"version\":" + VERSION + ",\"session\":\"" + session + "\",\"peer\":\"" + peer
                + "\",\"received\":" + received + ",\"refused\":" + refused + "}}";
    }
}
