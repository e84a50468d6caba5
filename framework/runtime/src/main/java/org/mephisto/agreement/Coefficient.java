package org.mephisto.agreement;

import java.util.OptionalDouble;

/**
 * One measure of agreement.
 *
 * @param value empty where it cannot be computed
 * @param basis what it was computed from, or why it was not
 */
public record Coefficient(OptionalDouble value, String basis) {
    static Coefficient of(double value, String basis) {
        return new Coefficient(OptionalDouble.of(value), basis);
    }

    static Coefficient none(String why) {
        return new Coefficient(OptionalDouble.empty(), why);
    }
}
