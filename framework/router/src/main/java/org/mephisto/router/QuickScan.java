package org.mephisto.router;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * {@link JsonScan}'s short way, as each live update and each request is checked on the one event loop: says yes only to what is surely one
 * JSON object (RFC 8259). Whatever it is not sure of, such as escapes in the object's own names, deep nesting, long numbers and all that is
 * ill-formed, is left to the JSON library, which takes many times as long. Confined to the thread that made it.
 */
final class QuickScan {
    private static final int UNSURE = -1;
    private static final int DEEPEST = 32;
    private static final int LONGEST = 1 << 20;
    private static final int LONGEST_NAME = 1 << 10;
    private static final int MOST_DIGITS = 100;
    private static final String ESCAPED = "\"\\/bfnrt";

    /** Eight bytes at once, the first of them lowest. */
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EACH = 0x0101010101010101L;
    private static final long EACH_HIGHEST_BIT = EACH << 7;

    /** In UTF-8, whose bytes beyond ASCII may only stand in strings. */
    private final byte[] text;

    private final int length;
    private final FieldTaker taker;

    private QuickScan(byte[] text, int length, FieldTaker taker) {
        this.text = text;
        this.length = length;
        this.taker = taker;
    }

    /** Told where the object's own names and values stand in the text. */
    interface FieldTaker {
        /** @return false when this field is not as it should be */
        boolean take(int nameStart, int nameEnd, int valueStart, int valueEnd);
    }

    /**
     * Checks a text.
     *
     * @param utf8 begins with the text
     * @param length of the text, in bytes
     * @return where the object has ended, just after its brace; negative when the text is not surely one object
     */
    static int object(byte[] utf8, int length, FieldTaker taker) {
        if (length > LONGEST) {
            return UNSURE;
        }
        QuickScan scan = new QuickScan(utf8, length, taker);
        int start = scan.skipSpace(0);
        if (scan.at(start) != '{') {
            return UNSURE;
        }
        int end = scan.endOfObject(start, 0);
        return end != UNSURE && scan.skipSpace(end) == length ? end : UNSURE;
    }

    /** The byte there; beyond the text one that is nowhere allowed. */
    private byte at(int index) {
        return index < length ? text[index] : 0;
    }

    private int skipSpace(int from) {
        int index = from;
        while (at(index) <= ' ' && isSpace(at(index))) {
            index++;
        }
        return index;
    }

    private static boolean isSpace(byte each) {
        return each == ' ' || each == '\n' || each == '\r' || each == '\t';
    }

    private int endOfObject(int brace, int depth) {
        int index = skipSpace(brace + 1);
        if (at(index) == '}') {
            return index + 1;
        }
        while (at(index) == '"') {
            int nameEnd = endOfString(index, depth == 0);
            if (nameEnd == UNSURE || nameEnd - index > LONGEST_NAME) {
                return UNSURE;
            }
            int colon = skipSpace(nameEnd);
            if (at(colon) != ':') {
                return UNSURE;
            }
            int start = skipSpace(colon + 1);
            int end = endOfValue(start, depth);
            if (end == UNSURE || (depth == 0 && !taker.take(index + 1, nameEnd - 1, start, end))) {
                return UNSURE;
            }
            index = skipSpace(end);
            if (at(index) == '}') {
                return index + 1;
            }
            if (at(index) != ',') {
                return UNSURE;
            }
            index = skipSpace(index + 1);
        }
        return UNSURE;
    }

    private int endOfArray(int bracket, int depth) {
        int index = skipSpace(bracket + 1);
        if (at(index) == ']') {
            return index + 1;
        }
        while (true) {
            int end = endOfValue(index, depth);
            if (end == UNSURE) {
                return UNSURE;
            }
            index = skipSpace(end);
            if (at(index) == ']') {
                return index + 1;
            }
            if (at(index) != ',') {
                return UNSURE;
            }
            index = skipSpace(index + 1);
        }
    }

    private int endOfValue(int start, int depth) {
        return switch (at(start)) {
            case '"' -> endOfString(start, false);
            case '{' -> depth < DEEPEST ? endOfObject(start, depth + 1) : UNSURE;
            case '[' -> depth < DEEPEST ? endOfArray(start, depth + 1) : UNSURE;
            case 't' -> endOfWord(start, "true");
            case 'f' -> endOfWord(start, "false");
            case 'n' -> endOfWord(start, "null");
            default -> endOfNumber(start);
        };
    }

    private int endOfWord(int start, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at(start + i) != word.charAt(i)) {
                return UNSURE;
            }
        }
        return start + word.length();
    }

    private int endOfString(int quote, boolean mustBePlain) {
        int index = endOfPlain(quote + 1);
        while (at(index) == '\\') {
            if (mustBePlain || ESCAPED.indexOf(at(index + 1)) < 0) {
                return UNSURE;
            }
            index = endOfPlain(index + 2);
        }
        return at(index) == '"' ? index + 1 : UNSURE;
    }

    /** Where the next quote, backslash or control character is; else the end of the text. */
    private int endOfPlain(int start) {
        int index = start;
        while (index <= length - Long.BYTES) {
            long special = specials((long) WORD.get(text, index));
            if (special != 0) {
                return index + Long.numberOfTrailingZeros(special) / Byte.SIZE;
            }
            index += Long.BYTES;
        }
        while (index < length && specials((text[index] & 0xFF) | ((EACH * ' ') << Byte.SIZE)) == 0) {
            index++;
        }
        return index;
    }

    /**
     * The lowest bit that is set is in the first byte that ends plain text, if there is one. (Sean Anderson, "Bit Twiddling Hacks": whether
     * a word has a byte less than n, or equal to n.)
     */
    private static long specials(long word) {
        long quote = word ^ (EACH * '"');
        long backslash = word ^ (EACH * '\\');
        long isQuote = (quote - EACH) & ~quote;
        long isBackslash = (backslash - EACH) & ~backslash;
        long isControl = (word - EACH * ' ') & ~word;
        return (isQuote | isBackslash | isControl) & EACH_HIGHEST_BIT;
    }

    private int endOfNumber(int start) {
        int index = at(start) == '-' ? start + 1 : start;
        int end = at(index) == '0' ? index + 1 : endOfDigits(index);
        if (end != UNSURE && at(end) == '.') {
            end = endOfDigits(end + 1);
        }
        if (end != UNSURE && (at(end) | ' ') == 'e') {
            byte sign = at(end + 1);
            end = endOfDigits(sign == '+' || sign == '-' ? end + 2 : end + 1);
        }
        return end - start > MOST_DIGITS ? UNSURE : end;
    }

    /** Just after one digit or more. */
    private int endOfDigits(int start) {
        int index = start;
        while (index <= length - Long.BYTES) {
            long others = nonDigits((long) WORD.get(text, index));
            index += Long.numberOfTrailingZeros(others) / Byte.SIZE;
            if (others != 0) {
                return index == start ? UNSURE : index;
            }
        }
        while (at(index) >= '0' && at(index) <= '9') {
            index++;
        }
        return index == start ? UNSURE : index;
    }

    /** The lowest bit that is set is in the first byte that is no digit, if there is one: beyond 9 when the digits' high bits are taken off. */
    private static long nonDigits(long word) {
        long values = word ^ (EACH * '0');
        long carried = (values & ~EACH_HIGHEST_BIT) + EACH * (0x7F - 9);
        return (values | carried) & EACH_HIGHEST_BIT;
    }
}
