package org.mephisto.router;

import java.nio.charset.StandardCharsets;

/** A JSON text, in whichever form it is at hand. Places are those of that form. */
sealed interface JsonText {
    /** The text from one place to another, both beside ASCII characters. */
    String slice(int from, int to);

    /** The ASCII character there. */
    char at(int index);

    /** Which of the names stands from one place to another; -1 for none. */
    int indexOf(FieldNames names, int from, int to);

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
        public int indexOf(FieldNames names, int from, int to) {
            return names.indexOf(slice(from, to));
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
        public int indexOf(FieldNames names, int from, int to) {
            return names.indexOf(bytes, from, to);
        }
    }
}
