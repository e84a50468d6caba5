package org.mephisto.supervisor.pool;

/**
 * Knows the last ids, at least {@link #REMEMBERED} of them, by their hashes: objects that are kept for a while and then dropped cost the
 * collector more than all else that a live update leaves. Two ids with one hash are as unlikely as a guessed 64-bit number, and could only
 * be a worker's own. Confined to whoever holds the owner's lock.
 */
final class RecentIds {
    static final int REMEMBERED = 2048;

    private LongTable current = new LongTable();
    private LongTable before = new LongTable();
    private int added;

    boolean contains(String id) {
        long key = LongTable.keyOf(id);
        return current.get(key) != 0 || before.get(key) != 0;
    }

    void add(String id) {
        if (added == REMEMBERED) {
            before = current;
            current = new LongTable();
            added = 0;
        }
        current.put(LongTable.keyOf(id), 1);
        added++;
    }
}
