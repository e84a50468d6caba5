package org.mephisto.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.config.compose.PluginGroup;

/**
 * A whole configuration, checked: all that a run needs. Immutable as long as nobody changes its trees.
 *
 * @param taskDir the folder that relative paths and {@code ${task_dir}} mean, absolute
 * @param numTasks {@code num_tasks}, for scripts that make their own data
 * @param own the user's own top-level keys
 * @param resolved the whole tree with defaults, references resolved and secrets masked: what is kept with the run
 * @param warnings what works, but perhaps not as meant
 */
public record RunScriptConfig(
        MephistoConfig mephisto,
        Path taskDir,
        int numTasks,
        ObjectNode own,
        ObjectNode resolved,
        List<String> warnings) {
    public RunScriptConfig {
        warnings = List.copyOf(warnings);
    }

    /**
     * The user's own keys as a record of theirs; {@code num_tasks} and {@code task_dir} too where it has such components.
     *
     * @throws org.mephisto.spi.config.ConfigException with every problem
     */
    public <C extends Record> C script(Class<C> type) {
        ObjectNode tree = own.deepCopy();
        ScriptKeys.addShared(type, tree, taskDir, numTasks);
        return new ConfigBinder(taskDir).bind(type, "", tree);
    }

    /** The options under {@code mephisto.blueprint} as the blueprint's record. */
    public <C extends Record> C blueprint(Class<C> type) {
        return plugin(PluginGroup.BLUEPRINT, type, mephisto.blueprint());
    }

    /** The options under {@code mephisto.architect} as the architect's record. */
    public <C extends Record> C architect(Class<C> type) {
        return plugin(PluginGroup.ARCHITECT, type, mephisto.architect());
    }

    /** The options under {@code mephisto.provider} as the provider's record. */
    public <C extends Record> C provider(Class<C> type) {
        return plugin(PluginGroup.PROVIDER, type, mephisto.provider());
    }

    private <C extends Record> C plugin(PluginGroup group, Class<C> type, PluginConfig config) {
        return new ConfigBinder(taskDir).bind(type, group.path(), config.options());
    }
}
