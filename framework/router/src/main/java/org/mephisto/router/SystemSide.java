package org.mephisto.router;

import java.util.List;
import org.mephisto.spi.packet.Packet;
import org.mephisto.spi.packet.PacketType;

/** The far end of the channel, as the router sees it. On the router's event loop only. */
interface SystemSide {
    /** Hands the packet over. @return false when it was not taken */
    boolean send(Packet packet);

    /**
     * Hands over what must not be lost.
     *
     * @param settled told once the system side, and not only the way to it, has the packet or has refused it
     * @return false when it was not handed over
     */
    default boolean send(Packet packet, Settled settled) {
        boolean sent = send(packet);
        if (sent) {
            settled.accept(packet, true);
        }
        return sent;
    }

    /** Told what has become of a packet. */
    @FunctionalInterface
    interface Settled {
        /** @param taken false when the system side could not take it and has let it fall */
        void accept(Packet packet, boolean taken);
    }

    /** Takes back what it was handed and has not confirmed, in order. */
    default List<Untaken> removeUntaken() {
        return List.of();
    }

    /**
     * Whether it keeps what it sends to pages, and sends what a page has missed when a packet {@link PacketType#ALIVE} asks for an
     * agent; a foreign one would stumble over that.
     */
    boolean keepsUpdates();

    /** Whether it can be reached just now. */
    boolean isThere();

    /** When it last gave a sign of life, in ms since 1970. */
    long lastSignOfLife(long now);

    /** Called now and then while it is attached. */
    default void tick(long now) {}

    /** Its part has ended. */
    void dismiss(Farewell farewell);

    /** Why a system side is dismissed. */
    enum Farewell {
        REPLACED("Another system side has connected."),
        CLOSED("The router has closed.");

        private final String reason;

        Farewell(String reason) {
            this.reason = reason;
        }

        String reason() {
            return reason;
        }

        /** The WebSocket's close code, where there is no other. */
        short code() {
            return 1000;
        }
    }

    /**
     * A packet that no system side has confirmed.
     *
     * @param settled told once one has it, or has refused it
     */
    record Untaken(Packet packet, Settled settled) {}
}
