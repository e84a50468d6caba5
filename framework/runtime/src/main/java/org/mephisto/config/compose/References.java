package org.mephisto.config.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mephisto.config.bind.NearestName;
import org.mephisto.config.bind.Problems;
import org.mephisto.spi.json.Json;

/**
 * Resolves references: {@code ${a.b}} from the root, {@code ${.b}} and {@code ${..b}} from the key's own group, {@code ${a.${b}}}, {@code
 * ${oc.env:NAME,default}}, {@code ${oc.select:key,default}}. A backslash before the dollar sign makes it plain text. A text that is nothing
 * but a reference takes on the value with its type. Confined to one thread; used once.
 */
public final class References {
    private static final String START = "${";
    private static final String ESCAPED = "\\${";

    private final ObjectNode tree;
    private final Map<String, String> environment;
    private final Problems problems;
    private final Map<String, JsonNode> known = new HashMap<>();
    private final Set<String> open = new LinkedHashSet<>();

    public References(ObjectNode tree, Map<String, String> environment, Problems problems) {
        this.tree = tree;
        this.environment = environment;
        this.problems = problems;
    }

    /** The whole tree with every reference replaced; one that cannot be is reported and left as it stands. */
    public ObjectNode resolve() {
        ObjectNode resolved = Json.object();
        tree.properties().forEach(entry -> resolved.set(entry.getKey(), resolved(entry.getKey(), entry.getValue())));
        return resolved;
    }

    /** The value at a path; a missing node where there is none. */
    public JsonNode at(String path) {
        String walked = "";
        JsonNode node = tree;
        for (String segment : Tree.segments(path)) {
            if (node.isTextual()) {
                node = resolved(walked, node);
            }
            node = Tree.child(node, segment);
            walked = walked.isEmpty() ? segment : walked + "." + segment;
        }
        return node.isMissingNode() ? node : resolved(walked, node);
    }

    private JsonNode resolved(String path, JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode result = Json.object();
                object.properties()
                        .forEach(entry ->
                                result.set(entry.getKey(), resolved(path + "." + entry.getKey(), entry.getValue())));
                yield result;
            }
            case ArrayNode list -> {
                ArrayNode result = Json.array();
                for (int i = 0; i < list.size(); i++) {
                    result.add(resolved(path + "[" + i + "]", list.get(i)));
                }
                yield result;
            }
            case TextNode text -> text.textValue().contains(START) ? resolvedText(path, text) : text;
            default -> node;
        };
    }

    private JsonNode resolvedText(String path, TextNode text) {
        JsonNode before = known.get(path);
        if (before != null) {
            return before;
        }
        if (!open.add(path)) {
            List<String> circle = new ArrayList<>(open);
            report(
                    path,
                    text.textValue(),
                    "goes round in a circle: "
                            + String.join(" -> ", circle.subList(circle.indexOf(path), circle.size())) + " -> " + path
                            + "; give one of them a value.");
            return text;
        }
        JsonNode result = interpolated(path, text.textValue());
        open.remove(path);
        known.put(path, result);
        return result;
    }

    private JsonNode interpolated(String path, String text) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith(ESCAPED, at)) {
                out.append(START);
                at += ESCAPED.length();
            } else if (text.startsWith(START, at)) {
                int end = closing(text, at);
                if (end < 0) {
                    report(
                            path,
                            text,
                            "has a \"${\" without its \"}\"; close it, or write \"\\${\" for a plain \"${\".");
                    return TextNode.valueOf(text);
                }
                JsonNode value = evaluated(path, text.substring(at + START.length(), end), text);
                if (at == 0 && end == text.length() - 1) {
                    return value;
                }
                out.append(value.isContainerNode() ? value.toString() : value.asText());
                at = end + 1;
            } else {
                out.append(text.charAt(at++));
            }
        }
        return TextNode.valueOf(out.toString());
    }

    /** Where the brace that opens at a place closes; -1 where it does not. */
    private static int closing(String text, int start) {
        int depth = 0;
        for (int i = start + 1; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private JsonNode evaluated(String path, String expression, String whole) {
        JsonNode inner = expression.contains(START) ? interpolated(path, expression) : TextNode.valueOf(expression);
        String plain = inner.asText().strip();
        int colon = plain.indexOf(':');
        if (colon >= 0) {
            return called(path, plain.substring(0, colon), plain.substring(colon + 1), whole);
        }
        JsonNode found = at(absolute(path, plain));
        if (found.isMissingNode() || found.asText().equals("???")) {
            String name = plain.substring(plain.lastIndexOf('.') + 1);
            report(
                    path,
                    whole,
                    "refers to \"" + plain + "\", which is not set; "
                            + NearestName.of(name, siblings(absolute(path, plain)))
                                    .map(near -> "did you mean \"" + near + "\"?")
                                    .orElse("set it, or write \"\\${\" for a plain \"${\"."));
            return TextNode.valueOf(whole);
        }
        return found;
    }

    private JsonNode called(String path, String function, String arguments, String whole) {
        int comma = arguments.indexOf(',');
        String name = (comma < 0 ? arguments : arguments.substring(0, comma)).strip();
        JsonNode fallback = comma < 0
                ? MissingNode.getInstance()
                : unquoted(arguments.substring(comma + 1).strip());
        return switch (function.strip()) {
            case "oc.env", "env" -> {
                String value = environment.get(name);
                if (value == null && fallback.isMissingNode()) {
                    report(
                            path,
                            whole,
                            "refers to the environment variable \"" + name
                                    + "\", which is not set; set it, or write a default: ${oc.env:" + name
                                    + ",default}.");
                    yield TextNode.valueOf(whole);
                }
                yield value == null ? fallback : TextNode.valueOf(value);
            }
            case "oc.select" -> {
                JsonNode found = at(absolute(path, name));
                yield found.isMissingNode() ? fallback.isMissingNode() ? NullNode.getInstance() : fallback : found;
            }
            default -> {
                report(
                        path,
                        whole,
                        "calls \"" + function
                                + "\", which is not known here; known are oc.env and oc.select, and \"\\${\""
                                + " stands for a plain \"${\".");
                yield TextNode.valueOf(whole);
            }
        };
    }

    private static JsonNode unquoted(String text) {
        boolean quoted = text.length() > 1
                && text.charAt(0) == text.charAt(text.length() - 1)
                && (text.charAt(0) == '"' || text.charAt(0) == '\'');
        if (quoted) {
            return TextNode.valueOf(text.substring(1, text.length() - 1));
        }
        return text.equals("null") ? NullNode.getInstance() : TextNode.valueOf(text);
    }

    /** The path from the root: each leading dot is one group up from the key that refers. */
    private static String absolute(String path, String reference) {
        int dots = 0;
        while (dots < reference.length() && reference.charAt(dots) == '.') {
            dots++;
        }
        if (dots == 0) {
            return reference;
        }
        List<String> segments = Tree.segments(path);
        String group = String.join(".", segments.subList(0, Math.max(0, segments.size() - dots)));
        return group.isEmpty() ? reference.substring(dots) : group + "." + reference.substring(dots);
    }

    private Set<String> siblings(String path) {
        List<String> segments = Tree.segments(path);
        JsonNode group =
                segments.isEmpty() ? tree : Tree.at(tree, String.join(".", segments.subList(0, segments.size() - 1)));
        Set<String> names = new LinkedHashSet<>();
        group.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void report(String path, String text, String message) {
        problems.add(path, "\"" + text + "\" " + message);
    }
}
