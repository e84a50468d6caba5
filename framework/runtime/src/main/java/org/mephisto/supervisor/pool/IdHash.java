package org.mephisto.supervisor.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Stands for a text in tables of numbers. Stateless. */
final class IdHash {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private IdHash() {}

    /**
     * 64 bits, never 0. As FNV-1 does it, but first in steps of eight bytes, whose upper bits are then brought down to the lower ones, where a
     * product does not take them. The last byte changes only the lowest bits.
     */
    static long of(String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        long hash = FNV_OFFSET;
        int at = 0;
        for (; at < bytes.length - Long.BYTES; at += Long.BYTES) {
            hash = (hash * FNV_PRIME) ^ (long) WORD.get(bytes, at);
            hash ^= hash >>> Integer.SIZE;
        }
        for (; at < bytes.length; at++) {
            hash = (hash * FNV_PRIME) ^ (bytes[at] & 0xFF);
        }
        return hash == 0 ? FNV_OFFSET : hash;
    }
}
