package org.mephisto.config.compose;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;

/**
 * A configuration put together, its references not yet resolved.
 *
 * @param tree without {@code defaults}
 * @param taskDirectory the absolute folder that {@code ${task_dir}} means
 * @param origins where each key was written, such as {@code task.yaml:12}, by its path
 */
public record Composed(ObjectNode tree, Path taskDirectory, Map<String, String> origins) {
    /** Where the key at a path was written, ready to put behind it; empty where nobody wrote it. */
    public String origin(String path) {
        String found = origins.get(path);
        return found == null ? "" : " (" + found + ")";
    }
}
