package org.mephisto.logging;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How much is logged, from most to least. */
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR;

    /** The level with this name in any case; {@code warning} and {@code critical}, as Python has them, are known too. */
    public static Optional<LogLevel> find(String word) {
        String name = word.strip().toUpperCase(Locale.ROOT);
        return switch (name) {
            case "WARNING" -> Optional.of(WARN);
            case "CRITICAL", "FATAL" -> Optional.of(ERROR);
            default ->
                Arrays.stream(values())
                        .filter(level -> level.name().equals(name))
                        .findFirst();
        };
    }

    /** The name in configurations. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names in configurations. */
    public static List<String> words() {
        return Arrays.stream(values()).map(LogLevel::word).toList();
    }
}
