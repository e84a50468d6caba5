package org.mephisto.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes a server's WebSocket frames apart, whole ones and such as come in pieces. Confined to one thread. */
final class WebSocketReader {
    /** Takes one frame. */
    interface Taker {
        /**
         * A text frame, or a piece of one that the server has parted.
         *
         * @param bytes holds the text from {@code from} (inclusive) to {@code to}; only valid during the call
         */
        void onText(byte[] bytes, int from, int to);

        /** The server has closed the socket. */
        void onClose(String why);
    }

    private static final int OPCODE = 0x0f;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int LENGTH = 0x7f;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int HEAD = 2;
    private static final byte[] NOTHING = new byte[0];

    private final Taker taker;
    private byte[] rest = NOTHING;

    WebSocketReader(Taker taker) {
        this.taker = taker;
    }

    /** The next bytes off the socket. */
    void read(byte[] arrived) {
        byte[] bytes = arrived;
        if (rest.length > 0) {
            bytes = Arrays.copyOf(rest, rest.length + arrived.length);
            System.arraycopy(arrived, 0, bytes, rest.length, arrived.length);
        }
        int at = 0;
        while (bytes.length - at >= HEAD) {
            int head = headLength(bytes[at + 1] & LENGTH);
            if (bytes.length - at < head) {
                break;
            }
            long length = length(bytes, at);
            if (bytes.length - at - head < length) {
                break;
            }
            int from = at + head;
            at = from + (int) length;
            take(bytes[from - head] & OPCODE, bytes, from, at);
        }
        rest = at == bytes.length ? NOTHING : Arrays.copyOfRange(bytes, at, bytes.length);
    }

    private static int headLength(int shortLength) {
        return switch (shortLength) {
            case TWO_BYTES -> HEAD + Short.BYTES;
            case EIGHT_BYTES -> HEAD + Long.BYTES;
            default -> HEAD;
        };
    }

    private static long length(byte[] bytes, int at) {
        int shortLength = bytes[at + 1] & LENGTH;
        if (shortLength < TWO_BYTES) {
            return shortLength;
        }
        long length = 0;
        for (int i = at + HEAD; i < at + headLength(shortLength); i++) {
            length = length << Byte.SIZE | (bytes[i] & 0xff);
        }
        return length;
    }

    private void take(int opcode, byte[] bytes, int from, int to) {
        if (opcode == TEXT) {
            taker.onText(bytes, from, to);
        } else if (opcode == CLOSE) {
            int reason = Math.min(to, from + Short.BYTES);
            int code = to - from < Short.BYTES ? 0 : (bytes[from] & 0xff) << Byte.SIZE | (bytes[from + 1] & 0xff);
            taker.onClose(
                    "code " + code + " \"" + new String(bytes, reason, to - reason, StandardCharsets.UTF_8) + "\"");
        }
    }
}
