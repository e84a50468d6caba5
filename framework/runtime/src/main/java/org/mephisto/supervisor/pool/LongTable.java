package org.mephisto.supervisor.pool;

/**
 * Numbers by number, in one array: for tables that get an entry with every registration, where a map's three objects an entry would be
 * most of what the collector has to copy. Open addressing, never more than half full; nothing is ever removed. Confined to whoever holds
 * the owner's lock.
 */
final class LongTable {
    private static final int SMALLEST = 8;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** Keys at even places, each followed by its value; a value of 0 marks a free place. */
    private long[] slots = new long[2 * SMALLEST];

    private int size;

    /** The key's number; 0 when there is none. */
    long get(long key) {
        return slots[find(slots, key) + 1];
    }

    /** @param value not 0; takes the place of an earlier one */
    void put(long key, long value) {
        if (value == 0) {
            throw new IllegalArgumentException("0 stands for no value");
        }
        int at = find(slots, key);
        if (slots[at + 1] == 0) {
            if (4 * (size + 1) > slots.length) {
                grow();
                at = find(slots, key);
            }
            size++;
        }
        slots[at] = key;
        slots[at + 1] = value;
    }

    private void grow() {
        long[] wider = new long[2 * slots.length];
        for (int at = 0; at < slots.length; at += 2) {
            if (slots[at + 1] != 0) {
                int to = find(wider, slots[at]);
                wider[to] = slots[at];
                wider[to + 1] = slots[at + 1];
            }
        }
        slots = wider;
    }

    /** Where the key stands, or would. */
    private static int find(long[] slots, long key) {
        int mask = slots.length - 2;
        int at = (int) ((key * SPREAD) >>> 31) & mask;
        while (slots[at + 1] != 0 && slots[at] != key) {
            at = (at + 2) & mask;
        }
        return at;
    }
}
