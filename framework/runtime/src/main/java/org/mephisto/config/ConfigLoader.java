package org.mephisto.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mephisto.config.bind.NearestName;
import org.mephisto.config.bind.OptionDescription;
import org.mephisto.config.bind.Problems;
import org.mephisto.config.compose.Composed;
import org.mephisto.config.compose.Composition;
import org.mephisto.config.compose.PluginGroup;
import org.mephisto.spi.config.ConfigException;

/**
 * Loads configurations: files, {@code defaults:}, profiles and overrides as Hydra has them, references as OmegaConf has them, every option
 * checked. Thread-safe.
 */
public final class ConfigLoader {
    private final PluginTypes plugins;
    private final Map<String, String> environment;
    private final Map<String, Class<? extends Record>> scripts = new ConcurrentHashMap<>();

    /** @param environment for {@code ${oc.env:NAME}} and {@code LOG_LEVEL} */
    public ConfigLoader(PluginTypes plugins, Map<String, String> environment) {
        this.plugins = plugins;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Makes a record known as the structured configuration of a run script: {@link #load(Path, List, String)} checks the user's own keys
     * against it and fills in its defaults; {@link RunScriptConfig#script} gives it out.
     */
    public void registerScriptConfig(String name, Class<? extends Record> type) {
        scripts.put(name, type);
    }

    /**
     * Loads a YAML file, or from a folder {@code task.yaml}, else {@code hydra_configs/conf/NAME.yaml}.
     *
     * @param overrides as on the command line: {@code conf=NAME}, {@code +profile=NAME}, {@code mephisto/architect=TYPE}, {@code
     *     mephisto.task.task_reward=0.3}, {@code ~key}
     * @throws ConfigException with everything that is wrong
     */
    public RunScriptConfig load(Path path, List<String> overrides) {
        Problems problems = new Problems();
        return read(Composition.compose(path, overrides, problems), Optional.empty(), problems);
    }

    /** Likewise, the user's own keys checked against a {@linkplain #registerScriptConfig registered} record. */
    public RunScriptConfig load(Path path, List<String> overrides, String scriptConfig) {
        Class<? extends Record> type = Optional.<Class<? extends Record>>ofNullable(scripts.get(scriptConfig))
                .orElseThrow(() -> new ConfigException(
                        "script",
                        "No script configuration \"" + scriptConfig + "\" is registered; "
                                + NearestName.hint(scriptConfig, scripts.keySet())));
        Problems problems = new Problems();
        return read(Composition.compose(path, overrides, problems), Optional.of(type), problems);
    }

    /** Loads YAML that stands in a program, with a folder for its relative paths and {@code defaults:}. */
    public RunScriptConfig loadText(String yaml, Path taskDirectory, List<String> overrides) {
        Problems problems = new Problems();
        return read(Composition.compose(yaml, taskDirectory, overrides, problems), Optional.empty(), problems);
    }

    /**
     * Reads again what {@link RunScriptConfig#resolved} kept. Masked secrets are as good as not given.
     *
     * @throws ConfigException when it no longer fits the plugins there are
     */
    public RunScriptConfig restore(ObjectNode resolved) {
        return ConfigReading.restore(plugins, resolved);
    }

    /**
     * The options of a group with this type, those that all types share first.
     *
     * @throws ConfigException when there is no such type
     */
    public List<OptionDescription> describe(PluginGroup group, String type) {
        return new TypeChoices(plugins).describe(group, type);
    }

    private RunScriptConfig read(Composed composed, Optional<Class<? extends Record>> script, Problems problems) {
        return new ConfigReading(plugins, composed.taskDirectory(), script, problems).read(composed, environment);
    }
}
