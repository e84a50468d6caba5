package org.mephisto.config.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mephisto.config.yaml.YamlText;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;

/**
 * Binds a tree to a configuration record by the rules of {@link org.mephisto.spi.config.Option}. A null, and OmegaConf's {@code ???}, are
 * as good as nothing. Numbers are accepted for text and, where they read as such, texts for numbers and truth values. Immutable.
 */
public final class ConfigBinder {
    /** What stands in the place of a secret. */
    static final String MASK = "***";

    private final Path taskDirectory;

    /** @param taskDirectory where relative paths stand */
    public ConfigBinder(Path taskDirectory) {
        this.taskDirectory = taskDirectory.toAbsolutePath().normalize();
    }

    /**
     * @param path what to call the tree in messages, such as {@code mephisto.task}
     * @throws ConfigException with every problem
     */
    public <C extends Record> C bind(Class<C> type, String path, JsonNode tree) {
        Problems problems = new Problems();
        Optional<C> bound = bind(type, path, tree, problems);
        problems.throwIfAny();
        return bound.orElseThrow();
    }

    /** Likewise, but adds to the report; empty when it added something. */
    public <C extends Record> Optional<C> bind(Class<C> type, String path, JsonNode tree, Problems problems) {
        if (tree instanceof ObjectNode object) {
            checkKeys(path, object, keys(type), Map.of(), problems);
        }
        return bindKnown(type, path, tree, problems);
    }

    /** Likewise, without a look at keys that the record does not know: for records that share a group with others. */
    public <C extends Record> Optional<C> bindKnown(Class<C> type, String path, JsonNode tree, Problems problems) {
        if (!isAbsent(tree) && !tree.isObject()) {
            problems.add(path, "must be a group of keys, not " + Problems.quoted(tree) + ".");
            return Optional.empty();
        }
        List<OptionField> fields = OptionField.of(type);
        @Nullable Object[] values = new Object[fields.size()];
        boolean complete = true;
        for (int i = 0; i < values.length; i++) {
            OptionField field = fields.get(i);
            Object value = field.mixin()
                    ? bindKnown(OptionField.recordType(field.type()), path, tree, problems)
                            .orElse(null)
                    : value(field, child(path, field.key()), tree.path(field.key()), problems);
            values[i] = value;
            complete &= value != null;
        }
        return complete ? construct(type, values, path, problems) : Optional.empty();
    }

    private @Nullable Object value(OptionField field, String path, JsonNode given, Problems problems) {
        if (problems.has(path)) {
            return null;
        }
        JsonNode tree = isAbsent(given) ? defaultOf(field) : given;
        ValueReader reader = new ValueReader(this, field, taskDirectory, problems);
        if (!isAbsent(tree)) {
            Object value = reader.read(field.valueType(), path, tree);
            return value != null && field.isOptional() ? Optional.of(value) : value;
        }
        if (field.isOptional()) {
            return Optional.empty();
        }
        Class<?> raw = OptionField.raw(field.type());
        if (raw == List.class) {
            return List.of();
        }
        if (raw == Map.class) {
            return Map.of();
        }
        if (raw.isRecord()) {
            return reader.read(field.type(), path, Json.object());
        }
        String help = field.help().isEmpty() ? "" : " (" + field.help() + ")";
        problems.add(path, "is missing; give it a value: " + OptionDescription.word(field.type()) + "." + help);
        return null;
    }

    private JsonNode defaultOf(OptionField field) {
        return field.defaultText()
                .map(text -> YamlText.value(
                        "default of " + field.key(), text.replace("${task_dir}", taskDirectory.toString())))
                .orElseGet(Json.MAPPER::nullNode);
    }

    private static <C extends Record> Optional<C> construct(
            Class<C> type, @Nullable Object[] values, String path, Problems problems) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<C> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(values));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof ConfigException nested) {
                nested.problems().forEach(problem -> problems.add(child(path, problem.path()), problem.message()));
            } else if (e.getCause() instanceof MephistoException || e.getCause() instanceof IllegalArgumentException) {
                problems.add(path, String.valueOf(e.getCause().getMessage()));
            } else {
                throw new IllegalStateException(type.getName() + " cannot be made from its options", e.getCause());
            }
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made from its options", e);
        }
    }

    /**
     * Reports keys that nobody knows.
     *
     * @param elsewhere keys of other groups, with the group's path: where a misplaced key belongs
     */
    public static void checkKeys(
            String path, ObjectNode tree, Set<String> known, Map<String, String> elsewhere, Problems problems) {
        tree.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                Optional<String> near = NearestName.of(key, known);
                String hint = near.isEmpty() && elsewhere.containsKey(key)
                        ? "it belongs under " + elsewhere.get(key) + "."
                        : NearestName.hint(key, known);
                problems.add(child(path, key), "unknown key \"" + key + "\"; " + hint);
            }
        });
    }

    /** The keys of the record, mixed-in ones included. */
    public static Set<String> keys(Class<? extends Record> type) {
        return keys(List.of(type));
    }

    /** The keys of the records, mixed-in ones included. */
    public static Set<String> keys(Collection<Class<? extends Record>> types) {
        return types.stream()
                .flatMap(OptionField::flat)
                .map(OptionField::key)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The record's defaults as a tree, references in them not resolved; keys without a default are left out. */
    public static ObjectNode defaults(Class<? extends Record> type) {
        ObjectNode tree = Json.object();
        OptionField.flat(type).forEach(field -> {
            Class<?> raw = OptionField.raw(field.type());
            if (field.defaultText().isPresent()) {
                String text = field.defaultText().get();
                tree.set(field.key(), raw == String.class ? tree.textNode(text) : YamlText.value(field.key(), text));
            } else if (raw.isRecord()) {
                tree.set(field.key(), defaults(OptionField.recordType(field.type())));
            }
        });
        return tree;
    }

    /** Puts {@code ***} in place of every secret that the tree holds for the record. */
    public static void maskSecrets(Class<? extends Record> type, ObjectNode tree) {
        OptionField.flat(type).forEach(field -> {
            JsonNode value = tree.path(field.key());
            if (field.secret() && !isAbsent(value)) {
                tree.put(field.key(), MASK);
            } else {
                maskInner(field.valueType(), value);
            }
        });
    }

    private static void maskInner(Type type, JsonNode value) {
        Class<?> raw = OptionField.raw(type);
        if (raw.isRecord() && value instanceof ObjectNode group) {
            maskSecrets(OptionField.recordType(type), group);
        } else if (raw == List.class) {
            value.forEach(element -> maskInner(OptionField.argument(type, 0), element));
        } else if (raw == Map.class) {
            value.forEach(element -> maskInner(OptionField.argument(type, 1), element));
        }
    }

    /** A copy of the tree without what {@link #maskSecrets} masked. */
    public static ObjectNode withoutMasks(ObjectNode tree) {
        ObjectNode copy = Json.object();
        tree.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value instanceof ObjectNode group) {
                copy.set(entry.getKey(), withoutMasks(group));
            } else if (!(value.isTextual() && value.textValue().equals(MASK))) {
                copy.set(entry.getKey(), value);
            }
        });
        return copy;
    }

    /** Whether the tree holds no value: missing, null, or OmegaConf's {@code ???}. */
    public static boolean isAbsent(JsonNode tree) {
        return tree.isMissingNode()
                || tree.isNull()
                || (tree.isTextual() && tree.textValue().equals("???"));
    }

    static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
