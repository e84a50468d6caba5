package org.mephisto.spi.json;

/** Tells texts apart where there are too many to keep them, and a mistake does no harm. */
public final class TextHash {
    private static final long OFFSET = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private TextHash() {}

    /** 64 bits, FNV-1a over the characters; never 0. */
    public static long of(String text) {
        long hash = OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash == 0 ? 1 : hash;
    }
}
