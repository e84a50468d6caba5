package org.mephisto.supervisor.io;

import java.util.Queue;
import java.util.function.Consumer;
import org.mephisto.spi.packet.Packet;

/** How to speak with the kind of router that a channel has reached. Confined to the channel's event loop. */
sealed interface RouterLine permits OwnRouter, ForeignRouter {
    /**
     * Takes a message of the router's.
     *
     * @param taker gets the packets in it
     */
    void receive(String message, Consumer<Packet> taker);

    /** Sends what waits, as far as the socket takes it. */
    void send(Queue<Packet> waiting);

    /** Sends what waits, however much it is: the channel closes. */
    void sendAll(Queue<Packet> waiting);

    /** Called every few seconds. @return false when the router has been silent for too long */
    boolean isHeard(long now);

    /** The connection is gone. */
    void disconnected();
}
