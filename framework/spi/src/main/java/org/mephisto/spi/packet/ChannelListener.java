package org.mephisto.spi.packet;

/** Takes what comes out of a {@link Channel}. */
public interface ChannelListener {
    /**
     * A packet from the router. Called in order, on a thread that must not be blocked (an event loop): hand over and return. What it
     * throws is logged, and the packet is dropped: where it was a live update, its page is not told that it arrived.
     */
    void onPacket(Channel channel, Packet packet);

    /**
     * What came together has been handed over and nothing follows at once: the time to wake those who wait for it, which costs more than a
     * packet. Called soon after {@link #onPacket}, for one or for many. Same thread rules.
     */
    default void onPause(Channel channel) {}

    /** The connection to the router was lost; it may come back by itself. Same thread rules. */
    default void onDisconnect(Channel channel) {}

    /** The connection is there again after {@link #onDisconnect}. Same thread rules. */
    default void onReconnect(Channel channel) {}
}
