package org.mephisto.spi.packet;

/**
 * The system side's end of a connection to one router. Packets arrive in the order in which they were sent; while the channel is open
 * none is lost. Implementations are thread-safe.
 */
public interface Channel extends AutoCloseable {
    /** A name for logs, such as {@code local:3000}. */
    String name();

    /**
     * Connects and begins to deliver. Called once. Returns when the router has been reached; may block.
     *
     * @param listener gets every packet from the router
     */
    void open(ChannelListener listener);

    /** Whether packets can be sent now. */
    boolean isAlive();

    /** Whether {@link #close} was called or the channel gave up for good. */
    boolean isClosed();

    /**
     * Sends a packet. Never blocks; callable from any thread.
     *
     * @return false when the channel is closed or its queue is full, and the packet was not taken
     */
    boolean enqueueSend(Packet packet);

    /** Closes for good; what was enqueued before is still sent where possible. Harmless when repeated. */
    @Override
    void close();
}
