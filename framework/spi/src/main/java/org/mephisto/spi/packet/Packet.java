package org.mephisto.spi.packet;

import java.util.Objects;
import java.util.OptionalDouble;
import org.mephisto.spi.json.JsonValue;

/**
 * One message between page, router and system.
 *
 * @param subjectId the agent it is from or for, {@link #SYSTEM} for the system side; a request's id where there is no agent yet
 * @param data an object
 * @param timestamps when it passed where
 */
public record Packet(PacketType type, String subjectId, JsonValue data, Timestamps timestamps) {
    /** The subject id of the system side. */
    public static final String SYSTEM = "mephisto";

    public Packet {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(subjectId, "subjectId");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(timestamps, "timestamps");
    }

    /** A packet that no page has stamped. */
    public static Packet of(PacketType type, String subjectId, JsonValue data) {
        return new Packet(type, subjectId, data, Timestamps.NONE);
    }

    /**
     * Seconds since 1970 with fractions; {@link Double#NaN} where the packet did not pass or was not stamped.
     *
     * @param client by the page's clock, which may be minutes off
     */
    public record Timestamps(double client, double routerIncoming, double routerOutgoing, double server) {
        public static final Timestamps NONE = new Timestamps(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

        /** A packet that a page stamped at this time and the router has taken in at that. */
        public static Timestamps incoming(double client, double routerIncoming) {
            return new Timestamps(client, routerIncoming, Double.NaN, Double.NaN);
        }

        /** Whether it is as {@link #NONE}. */
        public boolean isUnstamped() {
            return Double.isNaN(client)
                    && Double.isNaN(routerIncoming)
                    && Double.isNaN(routerOutgoing)
                    && Double.isNaN(server);
        }

        /** When the page sent it, by the page's clock. */
        public OptionalDouble clientTime() {
            return Double.isNaN(client) ? OptionalDouble.empty() : OptionalDouble.of(client);
        }
    }
}
