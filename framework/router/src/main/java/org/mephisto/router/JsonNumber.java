package org.mephisto.router;

import com.fasterxml.jackson.core.io.NumberInput;

/** Reads JSON's numbers as doubles. Stateless. */
final class JsonNumber {
    /** So many, and the powers of ten of as many, are exact as doubles. */
    private static final int EXACT_DIGITS = 15;

    private JsonNumber() {}

    /**
     * The double next to the number that stands there.
     *
     * <p>Few digits and a point, as in most times, are divided by their power of ten: as both are exact, that is the nearest double (W. D.
     * Clinger, "How to Read Floating Point Numbers Accurately", 1990).
     */
    static double parse(JsonText text, int from, int to) {
        long digits = 0;
        double power = 1;
        boolean isFraction = false;
        for (int i = from; i < to; i++) {
            char each = text.at(i);
            if (each >= '0' && each <= '9' && i - from < EXACT_DIGITS) {
                digits = 10 * digits + (each - '0');
                power = isFraction ? 10 * power : power;
            } else if (each == '.') {
                isFraction = true;
            } else {
                return NumberInput.parseDouble(text.slice(from, to), true);
            }
        }
        return digits / power;
    }
}
