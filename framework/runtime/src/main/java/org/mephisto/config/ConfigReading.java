package org.mephisto.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.config.bind.Problems;
import org.mephisto.config.compose.Composed;
import org.mephisto.config.compose.PluginGroup;
import org.mephisto.config.compose.References;
import org.mephisto.config.compose.Tree;
import org.mephisto.logging.LogLevel;
import org.mephisto.spi.config.TaskArgs;
import org.mephisto.spi.json.Json;

/**
 * The way from a composed tree to a configuration: find the types, fill in the defaults that references may name, resolve, then let {@link
 * ConfigChecking} check and bind. Confined to one thread; used once.
 */
final class ConfigReading {
    private final TypeChoices choices;
    private final Path taskDirectory;
    private final Optional<Class<? extends Record>> script;
    private final Problems problems;

    ConfigReading(
            PluginTypes plugins, Path taskDirectory, Optional<Class<? extends Record>> script, Problems problems) {
        this.choices = new TypeChoices(plugins);
        this.taskDirectory = taskDirectory;
        this.script = script;
        this.problems = problems;
    }

    RunScriptConfig read(Composed composed, Map<String, String> environment) {
        ObjectNode tree = composed.tree();
        if (!(tree.get(ScriptKeys.MEPHISTO) instanceof ObjectNode mephisto)) {
            problems.add(
                    ScriptKeys.MEPHISTO,
                    "is missing; a configuration needs the groups mephisto.blueprint, mephisto.architect, mephisto.provider and"
                            + " mephisto.task.");
            problems.throwIfAny(composed::origin);
            throw new AssertionError("a problem was just added");
        }
        Path directory = setTaskDirectory(tree, environment);
        References early = new References(tree, environment, new Problems());
        Map<PluginGroup, String> types = types(mephisto, early);
        addDefaults(tree, mephisto, types, environment);
        addTaskName(mephisto, types);
        ObjectNode resolved = new References(tree, environment, problems).resolve();
        return new ConfigChecking(choices, directory, types, script, problems).check(resolved, composed::origin);
    }

    static RunScriptConfig restore(PluginTypes plugins, ObjectNode kept) {
        ObjectNode resolved = ConfigBinder.withoutMasks(kept);
        Problems problems = new Problems();
        Path directory = Path.of(resolved.path(ScriptKeys.TASK_DIR).asText());
        Map<PluginGroup, String> types = new EnumMap<>(PluginGroup.class);
        for (PluginGroup group : TypeChoices.PLUGIN_GROUPS) {
            JsonNode type = Tree.at(resolved, group.path() + "." + group.typeKey());
            if (type.isTextual()) {
                types.put(group, type.textValue());
            }
        }
        Function<String, String> origin = path -> "";
        return new ConfigChecking(new TypeChoices(plugins), directory, types, Optional.empty(), problems)
                .check(resolved, origin);
    }

    /** Makes {@code task_dir} absolute: the folder of the configuration, or what it says itself. */
    private Path setTaskDirectory(ObjectNode tree, Map<String, String> environment) {
        JsonNode given = new References(tree, environment, problems).at(ScriptKeys.TASK_DIR);
        Path directory = taskDirectory;
        if (!ConfigBinder.isAbsent(given)) {
            record TaskDir(Path taskDir) {}
            directory = new ConfigBinder(taskDirectory)
                    .bindKnown(TaskDir.class, "", Json.object().set(ScriptKeys.TASK_DIR, given), problems)
                    .map(TaskDir::taskDir)
                    .orElse(taskDirectory);
        }
        tree.put(ScriptKeys.TASK_DIR, directory.toString());
        return directory;
    }

    private Map<PluginGroup, String> types(ObjectNode mephisto, References references) {
        Map<PluginGroup, String> types = new EnumMap<>(PluginGroup.class);
        for (PluginGroup group : TypeChoices.PLUGIN_GROUPS) {
            JsonNode options = mephisto.path(group.key());
            if (!ConfigBinder.isAbsent(options) && !options.isObject()) {
                problems.add(
                        group.path(),
                        "must be a group of keys, not " + Problems.quoted(options) + "; write " + group.key() + ": {"
                                + group.typeKey() + ": " + options.asText() + "}.");
                continue;
            }
            JsonNode type = references.at(group.path() + "." + group.typeKey());
            if (!ConfigBinder.isAbsent(type)) {
                types.put(group, type.asText());
            }
        }
        return types;
    }

    private void addDefaults(
            ObjectNode tree, ObjectNode mephisto, Map<PluginGroup, String> types, Map<String, String> environment) {
        for (PluginGroup group : PluginGroup.values()) {
            ObjectNode defaults = ConfigBinder.defaults(TypeChoices.sharedOptions(group));
            choices.ownOptions(group, types.getOrDefault(group, ""))
                    .ifPresent(own -> Tree.merge(defaults, ConfigBinder.defaults(own)));
            addGroup(mephisto, group.key(), defaults);
        }
        addGroup(mephisto, "task", ConfigBinder.defaults(TaskArgs.class));
        addGroup(mephisto, "shared_state", Json.object());
        Optional.ofNullable(environment.get("LOG_LEVEL"))
                .flatMap(LogLevel::find)
                .ifPresent(level -> {
                    Tree.mergeMissing(mephisto, Json.object().put("log_level", level.word()));
                });
        Tree.mergeMissing(mephisto, ConfigBinder.defaults(RootArgs.class));
        script.ifPresent(type -> Tree.mergeMissing(tree, ConfigBinder.defaults(type)));
        Tree.mergeMissing(tree, Json.object().set(ScriptKeys.NUM_TASKS, IntNode.valueOf(ScriptKeys.DEFAULT_NUM_TASKS)));
    }

    private static void addGroup(ObjectNode mephisto, String key, ObjectNode defaults) {
        JsonNode given = mephisto.path(key);
        if (ConfigBinder.isAbsent(given)) {
            mephisto.set(key, defaults);
        } else if (given instanceof ObjectNode group) {
            Tree.mergeMissing(group, defaults);
        }
    }

    private void addTaskName(ObjectNode mephisto, Map<PluginGroup, String> types) {
        String type = types.get(PluginGroup.BLUEPRINT);
        boolean named = !ConfigBinder.isAbsent(mephisto.path("task").path("task_name"));
        if (!named && type != null && mephisto.get("task") instanceof ObjectNode task) {
            task.set("task_name", TextNode.valueOf(type));
            problems.warn("mephisto.task.task_name is not set, so the task is called \"" + type
                    + "\" after its blueprint; limits and exports go by the name, so give it one of its own.");
        }
    }
}
