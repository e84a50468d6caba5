package org.mephisto.supervisor.pool;

/** Stands for a text in tables of numbers. Stateless. */
final class IdHash {
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private IdHash() {}

    /** 64 bits, never 0: FNV-1 over the characters, the last of which changes only the lowest bits. */
    static long of(String id) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash * FNV_PRIME) ^ id.charAt(i);
        }
        return hash == 0 ? FNV_OFFSET : hash;
    }
}
