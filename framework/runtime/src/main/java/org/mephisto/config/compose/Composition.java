package org.mephisto.config.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.mephisto.config.bind.NearestName;
import org.mephisto.config.bind.Problems;
import org.mephisto.config.yaml.YamlDocument;
import org.mephisto.config.yaml.YamlText;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.json.Json;

/**
 * Puts a configuration together. Later wins over earlier: the files of the {@code defaults:} list in their order, {@code override} entries,
 * the file's own body (where {@code _self_} stands, else last), profiles, the command line. Confined to one thread; used once.
 */
public final class Composition {
    private final Problems problems;
    private final ObjectNode tree = Json.object();
    private final Map<String, String> origins = new HashMap<>();
    private final Deque<Path> open = new ArrayDeque<>();

    private Composition(Problems problems) {
        this.problems = problems;
    }

    /**
     * Composes what a file or folder holds.
     *
     * @throws ConfigException when a file is missing or is not YAML; lesser problems go into the report
     */
    public static Composed compose(Path path, List<String> overrides, Problems problems) {
        Composition composition = new Composition(problems);
        ConfigFolder folder = ConfigFolder.find(path, confName(overrides));
        composition.addFile(folder, folder.main());
        composition.addCommandLine(folder, overrides);
        return composition.finished(folder.taskDirectory());
    }

    /** Composes a text that stands in no file; its {@code defaults:} are looked up in the task's folder. */
    public static Composed compose(String yaml, Path taskDirectory, List<String> overrides, Problems problems) {
        Composition composition = new Composition(problems);
        Path directory = taskDirectory.toAbsolutePath().normalize();
        ConfigFolder folder = new ConfigFolder(directory.resolve("task.yaml"), directory, directory);
        composition.addDocument(folder, directory, YamlText.parse("configuration", yaml));
        composition.addCommandLine(folder, overrides);
        return composition.finished(directory);
    }

    private static Optional<String> confName(List<String> overrides) {
        return overrides.stream()
                .map(text -> text.replaceFirst("^\\+{1,2}", ""))
                .filter(text -> text.startsWith("conf="))
                .map(text -> text.substring("conf=".length()).strip())
                .reduce((earlier, later) -> later);
    }

    private Composed finished(Path taskDirectory) {
        tree.remove("defaults");
        return new Composed(tree, taskDirectory, Map.copyOf(origins));
    }

    private void addFile(ConfigFolder folder, Path file) {
        if (open.contains(file)) {
            problems.add(name(file), "The defaults: lists go round in a circle through this file; remove one entry.");
            return;
        }
        open.push(file);
        addDocument(folder, Objects.requireNonNull(file.getParent()), YamlText.read(file));
        open.pop();
    }

    private void addDocument(ConfigFolder folder, Path besides, YamlDocument document) {
        if (document.root().isNull()) {
            return;
        }
        if (!(document.root() instanceof ObjectNode body)) {
            problems.add(document.name(), "The file must hold keys and values, such as \"mephisto:\".");
            return;
        }
        JsonNode defaults = Optional.ofNullable(body.remove("defaults")).orElse(MissingNode.getInstance());
        List<DefaultsEntry> entries = DefaultsEntry.list(document.name(), defaults, problems);
        for (DefaultsEntry entry : DefaultsEntry.inOrder(entries)) {
            if (entry.isSelf()) {
                addBody(document, body);
            } else {
                addEntry(folder, besides, document, entry);
            }
        }
    }

    private void addBody(YamlDocument document, ObjectNode body) {
        String target = document.targetPackage();
        Tree.merge(tree, target.isEmpty() ? body : Tree.of(target, body));
        document.lines()
                .forEach((path, line) ->
                        origins.put(target.isEmpty() ? path : target + "." + path, document.name() + ":" + line));
    }

    private void addEntry(ConfigFolder folder, Path besides, YamlDocument document, DefaultsEntry entry) {
        String place = document.name() + ":" + document.lines().getOrDefault("defaults", 1);
        if (addTypeChoice(entry.group(), entry.name(), place)) {
            return;
        }
        Optional<Path> file = folder.find(besides, entry.group(), entry.name());
        if (file.isPresent()) {
            addFile(folder, file.get());
        } else if (!entry.optional()) {
            reportMissing(folder, entry.group(), entry.name(), besides, " (" + place + ")");
        }
    }

    private boolean addTypeChoice(String choice, String type, String origin) {
        Optional<PluginGroup> group = PluginGroup.ofChoice(choice);
        group.ifPresent(known -> {
            String path = known.path() + "." + known.typeKey();
            Tree.set(tree, path, TextNode.valueOf(type));
            origins.put(path, origin);
        });
        return group.isPresent();
    }

    private void reportMissing(ConfigFolder folder, String group, String name, Path besides, String place) {
        if (group.startsWith("mephisto/")) {
            problems.add(
                    group + place,
                    "There is no group \"" + group + "\"; " + NearestName.hint(group, PluginGroup.choices()));
            return;
        }
        Path searched = group.isEmpty() ? besides : folder.root().resolve(group);
        problems.add(
                (group.isEmpty() ? name : group) + place,
                "There is no file \"" + name + ".yaml\" in " + searched + "; "
                        + NearestName.hint(name, ConfigFolder.names(searched)));
    }

    private void addCommandLine(ConfigFolder folder, List<String> overrides) {
        List<CommandLineOption> options = overrides.stream()
                .map(text -> CommandLineOption.parse(text, folder::isGroup, problems))
                .flatMap(Optional::stream)
                .toList();
        options.forEach(option -> {
            if (option instanceof CommandLineOption.Choice choice && !isType(choice)) {
                addFiles(folder, choice);
            }
        });
        options.forEach(this::apply);
    }

    private static boolean isType(CommandLineOption.Choice choice) {
        return PluginGroup.ofChoice(choice.group()).isPresent();
    }

    private void addFiles(ConfigFolder folder, CommandLineOption.Choice choice) {
        if (choice.group().equals("conf") || choice.group().startsWith("hydra/")) {
            return;
        }
        Optional<Path> file = folder.find(folder.root(), choice.group(), choice.name());
        file.ifPresentOrElse(
                found -> addFile(folder, found),
                () -> reportMissing(folder, choice.group(), choice.name(), folder.root(), ""));
    }

    private void apply(CommandLineOption option) {
        switch (option) {
            case CommandLineOption.Choice choice -> addTypeChoice(choice.group(), choice.name(), "command line");
            case CommandLineOption.Assignment assignment -> {
                Tree.set(tree, assignment.path(), assignment.value());
                origins.put(assignment.path(), "command line");
            }
            case CommandLineOption.Removal removal -> {
                if (!Tree.remove(tree, removal.path())) {
                    problems.add("~" + removal.path(), "There is no such key to remove; leave it away.");
                }
            }
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
