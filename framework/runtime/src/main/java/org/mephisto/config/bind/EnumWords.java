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
                .filter(constant -> bare(constant.name()).equals(bare(word))
                        || bare(word(constant)).equals(bare(word)))
                .findFirst();
    }

    static List<String> all(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> word((Enum<?>) constant))
                .toList();
    }

    /** What the constant's own {@code word()} says, where it has one; else its name in lower case. */
    static String word(Enum<?> constant) {
        try {
            Object word = constant.getDeclaringClass().getMethod("word").invoke(constant);
            return word instanceof String own ? own : constant.name().toLowerCase(Locale.ROOT);
        } catch (ReflectiveOperationException e) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
    }

    private static String bare(String word) {
        return word.replaceAll("[_\\-\\s]", "").toLowerCase(Locale.ROOT);
    }
}
