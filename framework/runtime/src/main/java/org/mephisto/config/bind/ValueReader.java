package org.mephisto.config.bind;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the value of one option; null stands for "reported". Confined to one thread. */
final class ValueReader {
    private static final BigDecimal LEAST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal GREATEST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int LONGEST_NUMBER = 80;

    private final ConfigBinder binder;
    private final OptionField field;
    private final Path taskDirectory;
    private final Problems problems;

    ValueReader(ConfigBinder binder, OptionField field, Path taskDirectory, Problems problems) {
        this.binder = binder;
        this.field = field;
        this.taskDirectory = taskDirectory;
        this.problems = problems;
    }

    @Nullable
    Object read(Type type, String path, JsonNode tree) {
        Class<?> raw = OptionField.raw(type);
        if (JsonNode.class.isAssignableFrom(raw)) {
            return raw.isInstance(tree) ? raw.cast(tree) : wrong(path, "a group of keys", tree);
        }
        if (raw == List.class) {
            return tree.isArray() ? list(OptionField.argument(type, 0), path, tree) : wrong(path, "a list", tree);
        }
        if (raw == Map.class) {
            return tree.isObject() ? map(OptionField.argument(type, 1), path, tree) : wrong(path, "a map", tree);
        }
        if (raw.isRecord()) {
            return binder.bind(OptionField.recordType(type), path, tree, problems)
                    .orElse(null);
        }
        if (tree.isContainerNode()) {
            return wrong(path, OptionDescription.word(type), tree);
        }
        if (raw.isEnum()) {
            return constant(raw, path, tree);
        }
        if (raw == Path.class) {
            return path(path, tree);
        }
        return scalar(raw, path, tree);
    }

    private @Nullable Object scalar(Class<?> raw, String path, JsonNode tree) {
        if (raw == String.class || raw == Object.class) {
            return tree.asText();
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return truth(path, tree);
        }
        if (raw == int.class || raw == Integer.class) {
            Long value = whole(path, tree, Integer.MIN_VALUE, Integer.MAX_VALUE);
            return value == null ? null : Math.toIntExact(value);
        }
        if (raw == long.class || raw == Long.class) {
            return whole(path, tree, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (raw == double.class || raw == Double.class) {
            BigDecimal value = number(path, "a number", tree);
            if (value == null || !inRange(path, tree, value.doubleValue())) {
                return null;
            }
            return Double.isFinite(value.doubleValue())
                    ? (Double) value.doubleValue()
                    : wrong(path, "a number that is not endless", tree);
        }
        throw new IllegalArgumentException(
                "The option " + path + " has the type " + raw.getName() + ", which options cannot have.");
    }

    private @Nullable Boolean truth(String path, JsonNode tree) {
        return switch (tree.asText().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> {
                wrong(path, "true or false", tree);
                yield null;
            }
        };
    }

    private @Nullable Long whole(String path, JsonNode tree, long least, long greatest) {
        BigDecimal value = number(path, "a whole number", tree);
        if (value == null) {
            return null;
        }
        if (value.stripTrailingZeros().scale() > 0) {
            wrong(path, "a whole number", tree);
            return null;
        }
        if (!inRange(path, tree, value.doubleValue())) {
            return null;
        }
        boolean fits = value.compareTo(LEAST_LONG.max(BigDecimal.valueOf(least))) >= 0
                && value.compareTo(GREATEST_LONG.min(BigDecimal.valueOf(greatest))) <= 0;
        if (!fits) {
            problems.add(path, "must be between " + least + " and " + greatest + ", not " + shown(tree) + ".");
            return null;
        }
        return value.longValueExact();
    }

    private @Nullable BigDecimal number(String path, String kind, JsonNode tree) {
        String text = tree.asText().strip();
        try {
            if (!tree.isBoolean() && text.length() <= LONGEST_NUMBER) {
                return new BigDecimal(text);
            }
        } catch (NumberFormatException e) {
            // reported below, like a value that is no text of a number at all
        }
        wrong(path, kind, tree);
        return null;
    }

    private boolean inRange(String path, JsonNode tree, double value) {
        if (!field.isInRange(value)) {
            problems.add(path, "must be " + field.range().orElse("another number") + ", not " + shown(tree) + ".");
            return false;
        }
        return true;
    }

    private @Nullable Object constant(Class<?> type, String path, JsonNode tree) {
        Object constant = EnumWords.find(type, tree.asText()).orElse(null);
        if (constant == null) {
            List<String> words = EnumWords.all(type);
            problems.add(path, "unknown value " + shown(tree) + "; " + NearestName.hint(tree.asText(), words));
        }
        return constant;
    }

    private @Nullable Path path(String path, JsonNode tree) {
        String text = tree.asText();
        try {
            boolean home = text.equals("~") || text.startsWith("~/");
            Path given = home ? Path.of(System.getProperty("user.home") + text.substring(1)) : Path.of(text);
            return taskDirectory.resolve(given).normalize();
        } catch (InvalidPathException e) {
            problems.add(path, "is no path: " + shown(tree) + " (" + e.getReason() + ").");
            return null;
        }
    }

    private @Nullable List<Object> list(Type elementType, String path, JsonNode tree) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < tree.size(); i++) {
            Object value = read(elementType, path + "[" + i + "]", tree.get(i));
            if (value != null) {
                list.add(value);
            }
        }
        return list.size() == tree.size() ? List.copyOf(list) : null;
    }

    private @Nullable Map<String, Object> map(Type valueType, String path, JsonNode tree) {
        Map<String, Object> map = new LinkedHashMap<>();
        tree.properties().forEach(entry -> {
            Object value = read(valueType, ConfigBinder.child(path, entry.getKey()), entry.getValue());
            if (value != null) {
                map.put(entry.getKey(), value);
            }
        });
        return map.size() == tree.size() ? Collections.unmodifiableMap(map) : null;
    }

    private @Nullable Object wrong(String path, String kind, JsonNode tree) {
        problems.add(path, "must be " + kind + ", not " + shown(tree) + ".");
        return null;
    }

    private String shown(JsonNode tree) {
        return field.secret() ? "what is given (a secret, not shown)" : Problems.quoted(tree);
    }
}
