package org.mephisto.router;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.mephisto.spi.packet.Packet;

/** How many packets, and how many bytes of them, one side of a channel may keep until the other has them. Thread-safe. */
public final class PacketRoom {
    private static final int ENVELOPE_BYTES = 256;

    private final int capacity;
    private final long capacityBytes;
    private final AtomicInteger packets = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    public PacketRoom(int capacity, long capacityBytes) {
        this.capacity = capacity;
        this.capacityBytes = capacityBytes;
    }

    /** Takes room for one packet. A packet that is larger than all the room is let in when there is nothing else. */
    public boolean take(Packet packet) {
        long size = size(packet);
        int before = packets.getAndIncrement();
        long bytesBefore = bytes.getAndAdd(size);
        if (before < capacity && (bytesBefore == 0 || bytesBefore + size <= capacityBytes)) {
            return true;
        }
        release(packet);
        return false;
    }

    /** Gives back what {@link #take} has taken for the packet. */
    public void release(Packet packet) {
        packets.decrementAndGet();
        bytes.addAndGet(-size(packet));
    }

    private static long size(Packet packet) {
        return packet.data().utf8().length + (long) ENVELOPE_BYTES;
    }
}
