package org.mephisto.config.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mephisto.spi.json.Json;

/** Reaches into trees by dotted paths such as {@code mephisto.task.task_name} or {@code items[0].name}. */
public final class Tree {
    private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

    private Tree() {}

    /** The value at a path; a missing node where there is none. */
    public static JsonNode at(JsonNode tree, String path) {
        JsonNode node = tree;
        for (String segment : segments(path)) {
            node = child(node, segment);
        }
        return node;
    }

    /** Lays one tree over another: groups are merged key by key, anything else replaces what was there. */
    public static void merge(ObjectNode into, ObjectNode over) {
        over.properties().forEach(entry -> {
            if (into.get(entry.getKey()) instanceof ObjectNode group && entry.getValue() instanceof ObjectNode values) {
                merge(group, values);
            } else {
                into.set(entry.getKey(), entry.getValue().deepCopy());
            }
        });
    }

    /** Puts a tree below what is there: only keys that are not there yet are set. */
    public static void mergeMissing(ObjectNode into, ObjectNode defaults) {
        defaults.properties().forEach(entry -> {
            if (into.get(entry.getKey()) instanceof ObjectNode group && entry.getValue() instanceof ObjectNode values) {
                mergeMissing(group, values);
            } else if (isUnset(into.path(entry.getKey()))) {
                into.set(entry.getKey(), entry.getValue().deepCopy());
            }
        });
    }

    /** A tree with one value at a path. */
    static ObjectNode of(String path, JsonNode value) {
        ObjectNode tree = Json.object();
        set(tree, path, value);
        return tree;
    }

    /** Sets a value, making the groups on the way. */
    static void set(ObjectNode tree, String path, JsonNode value) {
        List<String> segments = segments(path);
        JsonNode node = tree;
        for (String segment : segments.subList(0, segments.size() - 1)) {
            JsonNode next = child(node, segment);
            if (!next.isContainerNode()) {
                next = Json.object();
                put(node, segment, next);
            }
            node = next;
        }
        put(node, segments.getLast(), value);
    }

    /** @return whether there was something to remove */
    static boolean remove(ObjectNode tree, String path) {
        List<String> segments = segments(path);
        JsonNode parent = at(tree, String.join(".", segments.subList(0, segments.size() - 1)));
        if (parent instanceof ObjectNode object) {
            return object.remove(segments.getLast()) != null;
        }
        OptionalInt index = index(segments.getLast());
        return parent instanceof ArrayNode list && index.isPresent() && list.remove(index.getAsInt()) != null;
    }

    static List<String> segments(String path) {
        Matcher indexes = INDEX.matcher(path);
        String dotted = indexes.replaceAll(".$1");
        return dotted.isEmpty() ? List.of() : Arrays.asList(dotted.split("\\.", -1));
    }

    static JsonNode child(JsonNode node, String segment) {
        OptionalInt index = index(segment);
        JsonNode found = node.isArray() && index.isPresent() ? node.get(index.getAsInt()) : node.get(segment);
        return found == null ? MissingNode.getInstance() : found;
    }

    private static void put(JsonNode parent, String segment, JsonNode value) {
        OptionalInt index = index(segment);
        if (parent instanceof ObjectNode object) {
            object.set(segment, value);
        } else if (parent instanceof ArrayNode list && index.isPresent() && index.getAsInt() < list.size()) {
            list.set(index.getAsInt(), value);
        } else if (parent instanceof ArrayNode list) {
            list.add(value);
        }
    }

    private static OptionalInt index(String segment) {
        return DIGITS.matcher(segment).matches() ? OptionalInt.of(Integer.parseInt(segment)) : OptionalInt.empty();
    }

    private static boolean isUnset(JsonNode node) {
        return node.isMissingNode()
                || node.isNull()
                || (node.isTextual() && node.textValue().equals("???"));
    }
}
