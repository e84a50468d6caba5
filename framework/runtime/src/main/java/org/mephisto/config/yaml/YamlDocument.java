package org.mephisto.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * One YAML text as a tree.
 *
 * @param name the file's name, for messages
 * @param root a null node where the text holds nothing
 * @param lines the line of each key, counted from 1, by its dotted path
 * @param targetPackage where the {@code @package} comment of the first lines puts the content: a dotted path, empty for the root
 */
public record YamlDocument(String name, JsonNode root, Map<String, Integer> lines, String targetPackage) {
    public YamlDocument {
        lines = Map.copyOf(lines);
    }
}
