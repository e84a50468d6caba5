package org.mephisto.agreement;

import java.util.Comparator;
import java.util.OptionalDouble;

/** How values that are texts stand to each other. */
final class ValueOrder {
    /** Numbers by size and before all else; others as texts. Values that differ as texts stay different. */
    static final Comparator<String> NATURAL = Comparator.comparingDouble(
                    (String value) -> number(value).orElse(Double.POSITIVE_INFINITY))
            .thenComparing(Comparator.naturalOrder());

    private ValueOrder() {}

    /** The number that a value reads as, if it reads as a finite one. */
    static OptionalDouble number(String value) {
        try {
            double number = Double.parseDouble(value.strip());
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
