package org.mephisto.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.config.bind.NearestName;
import org.mephisto.config.bind.Problems;
import org.mephisto.config.compose.PluginGroup;
import org.mephisto.config.hooks.HookPlaces;
import org.mephisto.config.state.SharedStateArgs;
import org.mephisto.config.state.SharedStateArgs.QualificationArgs;
import org.mephisto.config.state.SharedStateReader;
import org.mephisto.logging.LogLevel;
import org.mephisto.logging.Logging;
import org.mephisto.spi.config.Option;
import org.mephisto.spi.config.TaskArgs;
import org.mephisto.spi.json.Json;
import org.mephisto.store.DatabaseConfig;

/** Checks and binds a tree in which every reference is resolved and every default stands. Confined to one thread; used once. */
final class ConfigChecking {
    private static final String TASK = "mephisto.task";
    private static final String STATE = "mephisto.shared_state";

    private final TypeChoices choices;
    private final Path directory;
    private final Map<PluginGroup, String> types;
    private final Optional<Class<? extends Record>> script;
    private final Problems problems;
    private final ConfigBinder binder;
    private final Map<String, String> homes = new HashMap<>();

    ConfigChecking(
            TypeChoices choices,
            Path directory,
            Map<PluginGroup, String> types,
            Optional<Class<? extends Record>> script,
            Problems problems) {
        this.choices = choices;
        this.directory = directory;
        this.types = types;
        this.script = script;
        this.problems = problems;
        this.binder = new ConfigBinder(directory);
    }

    /** @throws org.mephisto.spi.config.ConfigException with every problem, each path with its origin */
    RunScriptConfig check(ObjectNode resolved, Function<String, String> origin) {
        ObjectNode mephisto = group(resolved, ScriptKeys.MEPHISTO);
        noteHomes();
        ConfigRules.check(resolved, problems);
        checkRootKeys(mephisto);
        Optional<PluginConfig> blueprint = plugin(PluginGroup.BLUEPRINT, mephisto);
        Optional<PluginConfig> architect = plugin(PluginGroup.ARCHITECT, mephisto);
        Optional<PluginConfig> provider = plugin(PluginGroup.PROVIDER, mephisto);
        Optional<BlueprintArgs> blueprintArgs = shared(PluginGroup.BLUEPRINT, BlueprintArgs.class, mephisto);
        Optional<ArchitectArgs> architectArgs = shared(PluginGroup.ARCHITECT, ArchitectArgs.class, mephisto);
        Optional<ProviderArgs> providerArgs = shared(PluginGroup.PROVIDER, ProviderArgs.class, mephisto);
        Optional<TaskArgs> task = simpleGroup(TASK, TaskArgs.class, mephisto.path("task"));
        Optional<DatabaseConfig> database =
                simpleGroup(PluginGroup.DATABASE.path(), DatabaseConfig.class, mephisto.path("database"));
        Optional<RootArgs> root = binder.bindKnown(RootArgs.class, ScriptKeys.MEPHISTO, mephisto, problems);
        LogLevel logLevel =
                root.map(args -> level("mephisto.log_level", args.logLevel())).orElse(LogLevel.INFO);
        Map<String, LogLevel> logLevels =
                root.map(args -> levels(args.logLevels())).orElse(Map.of());
        checkSharedState(mephisto);
        ObjectNode own = own(resolved);
        Optional<NumTasks> numTasks = binder.bindKnown(NumTasks.class, "", resolved, problems);
        checkOwn(own, numTasks.map(NumTasks::numTasks).orElse(ScriptKeys.DEFAULT_NUM_TASKS));
        problems.throwIfAny(origin);
        MephistoConfig config = new MephistoConfig(
                blueprint.orElseThrow(),
                architect.orElseThrow(),
                provider.orElseThrow(),
                blueprintArgs.orElseThrow(),
                architectArgs.orElseThrow(),
                providerArgs.orElseThrow(),
                task.orElseThrow(),
                database.orElseThrow(),
                logLevel,
                logLevels,
                root.orElseThrow().datapath(),
                group(mephisto, "shared_state"));
        return new RunScriptConfig(
                config, directory, numTasks.orElseThrow().numTasks(), own, masked(resolved), problems.warnings());
    }

    private record NumTasks(
            @Option(help = "For scripts that make their own data.", defaultValue = "5", min = 0)
            int numTasks) {}

    /** Where each key belongs, to say so of one that stands elsewhere. */
    private void noteHomes() {
        ConfigBinder.keys(SharedStateArgs.class).forEach(key -> homes.putIfAbsent(key, STATE));
        ConfigBinder.keys(TaskArgs.class).forEach(key -> homes.putIfAbsent(key, TASK));
        for (PluginGroup group : PluginGroup.values()) {
            known(group).forEach(key -> homes.putIfAbsent(key, group.path()));
        }
        rootKeys().forEach(key -> homes.putIfAbsent(key, ScriptKeys.MEPHISTO));
    }

    private static Set<String> rootKeys() {
        Set<String> keys = new LinkedHashSet<>();
        for (PluginGroup group : PluginGroup.values()) {
            keys.add(group.key());
        }
        keys.addAll(List.of("task", "shared_state"));
        keys.addAll(ConfigBinder.keys(RootArgs.class));
        return keys;
    }

    private void checkRootKeys(ObjectNode mephisto) {
        ConfigBinder.checkKeys(ScriptKeys.MEPHISTO, mephisto, rootKeys(), homes, problems);
    }

    private Set<String> known(PluginGroup group) {
        List<Class<? extends Record>> records = new ArrayList<>();
        records.add(TypeChoices.sharedOptions(group));
        choices.ownOptions(group, types.getOrDefault(group, "")).ifPresent(records::add);
        Set<String> keys = ConfigBinder.keys(records);
        keys.add(group.typeKey());
        return keys;
    }

    private Optional<PluginConfig> plugin(PluginGroup group, ObjectNode mephisto) {
        String typePath = group.path() + "." + group.typeKey();
        String type = types.get(group);
        if (type == null) {
            if (!problems.has(group.path())) {
                problems.add(typePath, choices.missing(group));
            }
            return Optional.empty();
        }
        Optional<Class<? extends Record>> record = choices.ownOptions(group, type);
        if (record.isEmpty()) {
            problems.add(typePath, choices.unknown(group, type));
            return Optional.empty();
        }
        ObjectNode tree = group(mephisto, group.key());
        ConfigBinder.checkKeys(group.path(), tree, known(group), homes, problems);
        binder.bindKnown(record.get(), group.path(), tree, problems);
        ObjectNode options = tree.deepCopy();
        options.retain(ConfigBinder.keys(record.get()));
        return Optional.of(new PluginConfig(type, options));
    }

    private <C extends Record> Optional<C> shared(PluginGroup group, Class<C> type, ObjectNode mephisto) {
        return problems.has(group.path())
                ? Optional.empty()
                : binder.bindKnown(type, group.path(), mephisto.path(group.key()), problems);
    }

    private <C extends Record> Optional<C> simpleGroup(String path, Class<C> type, JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            ConfigBinder.checkKeys(path, object, ConfigBinder.keys(type), homes, problems);
        }
        return binder.bindKnown(type, path, tree, problems);
    }

    private LogLevel level(String path, String word) {
        return LogLevel.find(word).orElseGet(() -> {
            problems.add(path, "unknown level \"" + word + "\"; " + NearestName.hint(word, LogLevel.words()));
            return LogLevel.INFO;
        });
    }

    private Map<String, LogLevel> levels(Map<String, String> words) {
        Map<String, LogLevel> levels = new LinkedHashMap<>();
        words.forEach((part, word) -> {
            String path = "mephisto.log_levels." + part;
            if (!Logging.isPart(part)) {
                problems.add(path, "there is no part \"" + part + "\"; " + NearestName.hint(part, Logging.parts()));
            }
            levels.put(part, level(path, word));
        });
        return levels;
    }

    private void checkSharedState(ObjectNode mephisto) {
        if (mephisto.get("shared_state") instanceof ObjectNode state) {
            Optional<Class<?>> plugin = choices.blueprintCode(types.getOrDefault(PluginGroup.BLUEPRINT, ""));
            SharedStateReader.check(state, new HookPlaces(directory, plugin), problems)
                    .ifPresent(args -> args.qualifications().forEach(this::checkProviders));
        } else {
            problems.add(STATE, "must be a group of keys, not " + Problems.quoted(mephisto.path("shared_state")) + ".");
        }
    }

    /** The plugin may be installed elsewhere, but a name that is mistyped asks nobody for the qualification. */
    private void checkProviders(QualificationArgs qualification) {
        Set<String> known = choices.names(PluginGroup.PROVIDER);
        qualification.applicableProviders().stream()
                .flatMap(List::stream)
                .filter(type -> !known.contains(type))
                .forEach(type -> problems.warn("The qualification \"" + qualification.qualificationName()
                        + "\" is asked of workers of \"" + type + "\", a provider that is not installed; "
                        + NearestName.hint(type, known)));
    }

    private static ObjectNode own(ObjectNode resolved) {
        ObjectNode own = resolved.deepCopy();
        own.remove(ScriptKeys.ALL);
        return own;
    }

    private void checkOwn(ObjectNode own, int numTasks) {
        if (script.isPresent()) {
            ObjectNode tree = own.deepCopy();
            ScriptKeys.addShared(script.get(), tree, directory, numTasks);
            ConfigBinder.checkKeys("", tree, ConfigBinder.keys(script.get()), homes, problems);
            binder.bindKnown(script.get(), "", tree, problems);
            return;
        }
        own.fieldNames().forEachRemaining(key -> {
            Optional<String> near = NearestName.of(key, ScriptKeys.ALL, 2);
            if (near.isPresent()) {
                problems.warn("The key \"" + key + "\" is taken as your own; did you mean \"" + near.get() + "\"?");
            } else if (homes.containsKey(key)) {
                problems.warn(
                        "The key \"" + key + "\" is taken as your own; did you mean it below " + homes.get(key) + "?");
            }
        });
    }

    private ObjectNode masked(ObjectNode resolved) {
        ObjectNode tree = resolved.deepCopy();
        ObjectNode mephisto = group(tree, ScriptKeys.MEPHISTO);
        for (PluginGroup group : PluginGroup.values()) {
            ConfigBinder.maskSecrets(TypeChoices.sharedOptions(group), group(mephisto, group.key()));
            choices.ownOptions(group, types.getOrDefault(group, ""))
                    .ifPresent(own -> ConfigBinder.maskSecrets(own, group(mephisto, group.key())));
        }
        script.ifPresent(type -> ConfigBinder.maskSecrets(type, tree));
        return tree;
    }

    private static ObjectNode group(ObjectNode tree, String key) {
        return tree.get(key) instanceof ObjectNode group ? group : Json.object();
    }
}
