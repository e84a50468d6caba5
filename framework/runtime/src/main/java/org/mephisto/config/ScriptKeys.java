package org.mephisto.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Set;
import org.mephisto.config.bind.ConfigBinder;

/** The top-level keys that are not the user's own. */
final class ScriptKeys {
    static final String MEPHISTO = "mephisto";
    static final String TASK_DIR = "task_dir";
    static final String NUM_TASKS = "num_tasks";
    static final int DEFAULT_NUM_TASKS = 5;
    /** {@code hydra} holds settings of Hydra itself, which are of no use here. */
    static final Set<String> ALL = Set.of(MEPHISTO, TASK_DIR, NUM_TASKS, "hydra");

    private ScriptKeys() {}

    /** Adds {@code num_tasks} and {@code task_dir} where the user's record asks for them. */
    static void addShared(Class<? extends Record> type, ObjectNode tree, Path taskDir, int numTasks) {
        Set<String> keys = ConfigBinder.keys(type);
        if (keys.contains(NUM_TASKS)) {
            tree.put(NUM_TASKS, numTasks);
        }
        if (keys.contains(TASK_DIR)) {
            tree.put(TASK_DIR, taskDir.toString());
        }
    }
}
