package org.mephisto.router;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.mephisto.spi.packet.Packet;

/** How many packets, and how many characters of them, one side of a channel may keep until the other has them. Thread-safe. */
public final class PacketRoom {
    private static final int ENVELOPE_CHARS = 256;

    private final int capacity;
    private final long capacityChars;
    private final AtomicInteger packets = new AtomicInteger();
    private final AtomicLong chars = new AtomicLong();

    public PacketRoom(int capacity, long capacityChars) {
        this.capacity = capacity;
        this.capacityChars = capacityChars;
    }

    /** Takes room for one packet. A packet that is larger than all the room is let in when there is nothing else. */
    public boolean take(Packet packet) {
        long size = size(packet);
        int before = packets.getAndIncrement();
        long charsBefore = chars.getAndAdd(size);
        if (before < capacity && (charsBefore == 0 || charsBefore + size <= capacityChars)) {
            return true;
        }
        release(packet);
        return false;
    }

    /** Gives back what {@link #take} has taken for the packet. */
    public void release(Packet packet) {
        packets.decrementAndGet();
        chars.addAndGet(-size(packet));
    }

    private static long size(Packet packet) {
        return packet.data().text().length() + (long) ENVELOPE_CHARS;
    }
}
