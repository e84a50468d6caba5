package org.mephisto.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.config.bind.NearestName;
import org.mephisto.config.bind.Problems;
import org.mephisto.spi.config.TaskArgs;

/**
 * The options of a task that may change while its run goes on, checked like the configuration that it began with. Confined to one thread
 * at a time.
 */
public final class TaskChanges {
    private static final String GROUP = "mephisto.task";
    /** The keys under {@code mephisto.task} that may change. */
    public static final List<String> CHANGEABLE = List.of(
            "allowed_concurrent",
            "maximum_units_per_worker",
            "max_num_concurrent_units",
            "assignment_duration_in_seconds",
            "submission_timeout",
            "task_lifetime_in_seconds",
            "no_submission_patience");

    private final ConfigBinder binder;
    private ObjectNode tree;

    public TaskChanges(RunScriptConfig config) {
        this.binder = new ConfigBinder(config.taskDir());
        this.tree = config.resolved().deepCopy();
    }

    /** The values now, by key. */
    public Map<String, String> current() {
        Map<String, String> values = new LinkedHashMap<>();
        CHANGEABLE.forEach(
                key -> values.put(key, tree.at("/mephisto/task/" + key).asText()));
        return values;
    }

    /**
     * Changes some of them, all or none.
     *
     * @throws org.mephisto.spi.config.ConfigException with every problem
     */
    public TaskArgs change(Map<String, String> values) {
        Problems problems = new Problems();
        ObjectNode changed = tree.deepCopy();
        values.forEach((key, value) -> {
            if (CHANGEABLE.contains(key)) {
                changed.withObject("/mephisto/task").set(key, number(value));
            } else {
                problems.add(
                        GROUP + "." + key,
                        "cannot be changed while the run goes on; " + NearestName.hint(key, CHANGEABLE));
            }
        });
        ConfigRules.check(changed, problems);
        Optional<TaskArgs> task = binder.bind(TaskArgs.class, GROUP, changed.withObject("/mephisto/task"), problems);
        problems.throwIfAny();
        tree = changed;
        return task.orElseThrow();
    }

    private static JsonNode number(String value) {
        try {
            return IntNode.valueOf(Integer.parseInt(value.strip()));
        } catch (NumberFormatException e) {
            return TextNode.valueOf(value);
        }
    }
}
