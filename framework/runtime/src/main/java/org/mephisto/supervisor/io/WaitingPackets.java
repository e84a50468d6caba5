package org.mephisto.supervisor.io;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mephisto.router.PacketRoom;
import org.mephisto.spi.packet.Packet;

/**
 * Packets that wait for a router. Thread-safe.
 *
 * @param room limits what waits, here and in the router's line
 * @param lost set when a packet found no room since the router was last told so
 */
record WaitingPackets(PacketRoom room, Queue<Packet> queue, AtomicBoolean lost) {
    static WaitingPackets within(PacketRoom room) {
        return new WaitingPackets(room, new ConcurrentLinkedQueue<>(), new AtomicBoolean());
    }

    /** Whether there was room for it. */
    boolean add(Packet packet) {
        if (!room.take(packet)) {
            lost.set(true);
            return false;
        }
        return queue.add(packet);
    }
}
