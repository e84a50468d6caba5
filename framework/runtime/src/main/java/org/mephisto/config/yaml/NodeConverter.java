package org.mephisto.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.config.Problem;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns SnakeYAML's nodes into a Jackson tree, noting lines and what is wrong. Confined to one thread; used once. */
final class NodeConverter {
    private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;
    private static final Set<String> TRUE_WORDS = Set.of("true", "yes", "on");

    private final String name;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

    NodeConverter(String name) {
        this.name = name;
    }

    Map<String, Integer> lines() {
        return lines;
    }

    void throwIfWrong() {
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    JsonNode convert(String path, Node node) {
        if (!open.add(node)) {
            problem(node, "This alias stands inside the very thing it names.");
            return FACTORY.nullNode();
        }
        try {
            return switch (node) {
                case ScalarNode scalar -> typed(scalar);
                case SequenceNode sequence -> list(path, sequence);
                case MappingNode mapping -> object(path, mapping);
                default -> throw new IllegalStateException("Unexpected node " + node.getNodeId());
            };
        } finally {
            open.remove(node);
        }
    }

    private ArrayNode list(String path, SequenceNode sequence) {
        ArrayNode list = FACTORY.arrayNode();
        for (Node element : sequence.getValue()) {
            String elementPath = path + "[" + list.size() + "]";
            lines.put(elementPath, element.getStartMark().getLine() + 1);
            list.add(convert(elementPath, element));
        }
        return list;
    }

    private ObjectNode object(String path, MappingNode mapping) {
        ObjectNode object = FACTORY.objectNode();
        Map<String, Integer> seen = new HashMap<>();
        List<Node> merged = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (Tag.MERGE.equals(tuple.getKeyNode().getTag())) {
                merged.add(tuple.getValueNode());
            } else if (tuple.getKeyNode() instanceof ScalarNode key) {
                int line = key.getStartMark().getLine() + 1;
                Integer first = seen.putIfAbsent(key.getValue(), line);
                if (first != null) {
                    problem(
                            key,
                            "The key \"" + key.getValue() + "\" stands here a second time, first in line " + first
                                    + "; keep one of them.");
                }
                String keyPath = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
                lines.put(keyPath, line);
                object.set(key.getValue(), convert(keyPath, tuple.getValueNode()));
            } else {
                problem(tuple.getKeyNode(), "A key must be a simple word, not a list or a map.");
            }
        }
        merged.forEach(source -> addMissing(path, object, source));
        return object;
    }

    /** {@code <<: *defaults}: the mapping's own keys win, then the first source that has the key. */
    private void addMissing(String path, ObjectNode object, Node source) {
        if (source.getNodeId() == NodeId.sequence) {
            ((SequenceNode) source).getValue().forEach(each -> addMissing(path, object, each));
        } else if (convert(path, source) instanceof ObjectNode values) {
            values.properties().forEach(entry -> {
                if (!object.has(entry.getKey())) {
                    object.set(entry.getKey(), entry.getValue());
                }
            });
        } else {
            problem(source, "\"<<\" takes a map or a list of maps.");
        }
    }

    private JsonNode typed(ScalarNode node) {
        Tag tag = node.getTag();
        String text = node.getValue();
        if (Tag.STR.equals(tag)) {
            return FACTORY.textNode(text);
        }
        Tag natural = new OmegaResolver().resolve(NodeId.scalar, text, true);
        if (tag.equals(natural) || (Tag.FLOAT.equals(tag) && Tag.INT.equals(natural))) {
            return scalar(text);
        }
        problem(node, "\"" + text + "\" cannot be read as " + tag.getValue() + "; leave the tag away or put quotes.");
        return FACTORY.nullNode();
    }

    /** An unquoted scalar. */
    static JsonNode scalar(String text) {
        Tag tag = new OmegaResolver().resolve(NodeId.scalar, text, true);
        if (Tag.BOOL.equals(tag)) {
            return FACTORY.booleanNode(TRUE_WORDS.contains(text.toLowerCase(Locale.ROOT)));
        }
        if (Tag.INT.equals(tag)) {
            return integer(text.replace("_", "").replace("+", ""));
        }
        if (Tag.FLOAT.equals(tag)) {
            double value = Double.parseDouble(text.replace("_", ""));
            return Double.isFinite(value) ? FACTORY.numberNode(value) : FACTORY.textNode(text);
        }
        return Tag.NULL.equals(tag) ? FACTORY.nullNode() : FACTORY.textNode(text);
    }

    private static JsonNode integer(String digits) {
        boolean hexadecimal = digits.contains("0x");
        BigInteger value = hexadecimal ? new BigInteger(digits.replace("0x", ""), 16) : new BigInteger(digits);
        if (value.bitLength() < Integer.SIZE) {
            return FACTORY.numberNode(value.intValue());
        }
        return value.bitLength() < Long.SIZE ? FACTORY.numberNode(value.longValue()) : FACTORY.numberNode(value);
    }

    private void problem(Node node, String message) {
        problems.add(new Problem(YamlText.position(name, node.getStartMark()), message));
    }
}
