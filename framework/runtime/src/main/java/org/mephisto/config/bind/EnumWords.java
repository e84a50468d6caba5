package org.mephisto.config.bind;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words by which configurations name enum constants: {@code round_robin}, {@code ROUND-ROBIN} and {@code RoundRobin} are the same. */
final class EnumWords {
    private EnumWords() {}

    static Optional<Enum<?>> find(Class<?> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .<Enum<?>>map(constant -> (Enum<?>) constant)
                .filter(constant -> bare(constant.name()).equals(bare(word)))
                .findFirst();
    }

    static List<String> all(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> word((Enum<?>) constant))
                .toList();
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String bare(String word) {
        return word.replaceAll("[_\\-\\s]", "").toLowerCase(Locale.ROOT);
    }
}
