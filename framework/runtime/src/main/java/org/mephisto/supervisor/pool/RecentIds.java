package org.mephisto.supervisor.pool;

/**
 * Knows the last ids, at least {@link #REMEMBERED} of them, by their {@link IdHash}: objects that are kept for a while and then dropped cost the
 * collector more than all else that a live update leaves. Two ids with one hash are as unlikely as a guessed 64-bit number, and could only
 * be a worker's own. Confined to whoever holds the owner's lock.
 *
 * <p>Ids that differ in their last character stand together, as most pages count theirs: a look then mostly finds its place in the
 * processor's cache, which takes longer than all else about it with some hundred pages.
 */
final class RecentIds {
    static final int REMEMBERED = 2048;

    private static final int NEIGHBOUR_BITS = 4;
    private static final int NEIGHBOURS = 1 << NEIGHBOUR_BITS;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** Hashes at the place where they belong or the next free one after it; 0 marks a free place. Never more than half full. */
    private long[] current = new long[NEIGHBOURS];

    private long[] before = new long[1];
    private int size;

    boolean contains(long hash) {
        return current[place(current, hash)] != 0 || before[place(before, hash)] != 0;
    }

    void add(long hash) {
        if (size == REMEMBERED) {
            before = current;
            current = new long[before.length];
            size = 0;
        }
        if (2 * (size + 1) > current.length) {
            grow();
        }
        int place = place(current, hash);
        if (current[place] == 0) {
            current[place] = hash;
            size++;
        }
    }

    private void grow() {
        long[] wider = new long[2 * current.length];
        for (long hash : current) {
            if (hash != 0) {
                wider[place(wider, hash)] = hash;
            }
        }
        current = wider;
    }

    /** Where the hash stands, or would. */
    private static int place(long[] hashes, long hash) {
        int mask = hashes.length - 1;
        long neighbourhood = ((hash >>> NEIGHBOUR_BITS) * SPREAD) >>> Integer.SIZE;
        int at = (int) ((neighbourhood << NEIGHBOUR_BITS) | (hash & (NEIGHBOURS - 1))) & mask;
        while (hashes[at] != 0 && hashes[at] != hash) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
