package org.mephisto.router;

import java.nio.charset.StandardCharsets;

/** A JSON text, in whichever form it is at hand. Places are those of that form. */
sealed interface JsonText {
    /** The text from one place to another, both beside ASCII characters. */
    String slice(int from, int to);

    /** The ASCII character there. */
    char at(int index);

    /** Whether this, all ASCII, stands there. */
    boolean startsWith(String ascii, int at);

    /** As characters. */
    record Characters(String text) implements JsonText {
        @Override
        public String slice(int from, int to) {
            return text.substring(from, to);
        }

        @Override
        public char at(int index) {
            return text.charAt(index);
        }

        @Override
        public boolean startsWith(String ascii, int at) {
            return text.startsWith(ascii, at);
        }
    }

    /** As it came: what nobody asks for never becomes characters. The bytes are not changed any more. */
    final class Utf8 implements JsonText {
        private final byte[] bytes;

        Utf8(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public String slice(int from, int to) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }

        @Override
        public char at(int index) {
            return (char) bytes[index];
        }

        @Override
        public boolean startsWith(String ascii, int at) {
            for (int i = 0; i < ascii.length(); i++) {
                if (bytes[at + i] != ascii.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
