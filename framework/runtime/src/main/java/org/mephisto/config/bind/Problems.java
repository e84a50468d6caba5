package org.mephisto.config.bind;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.config.Problem;

/**
 * Collects what is wrong with a configuration, and what is only odd. The first thing said of a path stands: what follows from it is not
 * worth a second line. Confined to one thread.
 */
public final class Problems {
    private static final int LONGEST_QUOTE = 80;

    private final Map<String, String> byPath = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    /** A value as messages show it: lists and maps as JSON, long ones cut off. */
    public static String quoted(JsonNode value) {
        String text = value.isValueNode() ? value.asText() : value.toString();
        return "\"" + (text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text) + "\"";
    }

    /** @param message a sentence with the value in quotes and what to do */
    public void add(String path, String message) {
        byPath.putIfAbsent(path, message);
    }

    /** All that another report holds. */
    public void addAll(ConfigException other) {
        other.problems().forEach(problem -> add(problem.path(), problem.message()));
    }

    /** Something that works, but perhaps not as meant. */
    public void warn(String message) {
        warnings.add(message);
    }

    public boolean has(String path) {
        return byPath.containsKey(path);
    }

    public boolean isEmpty() {
        return byPath.isEmpty();
    }

    public List<Problem> list() {
        return byPath.entrySet().stream()
                .map(entry -> new Problem(entry.getKey(), entry.getValue()))
                .toList();
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** @throws ConfigException with every problem, when there is one */
    public void throwIfAny() {
        throwIfAny(path -> "");
    }

    /**
     * @param origin what to put behind a path, such as {@code " (task.yaml:12)"}
     * @throws ConfigException with every problem, when there is one
     */
    public void throwIfAny(Function<String, String> origin) {
        if (!isEmpty()) {
            throw new ConfigException(list().stream()
                    .map(problem -> new Problem(problem.path() + origin.apply(problem.path()), problem.message()))
                    .toList());
        }
    }
}
