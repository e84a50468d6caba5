package org.mephisto.config.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.mephisto.config.bind.NearestName;
import org.mephisto.spi.config.ConfigException;

/**
 * Where a task's configuration files lie: {@code task.yaml} in the task's folder, or {@code hydra_configs/conf} and {@code
 * hydra_configs/profile} below it.
 *
 * @param main the file to start with
 * @param taskDirectory the task's folder, absolute
 * @param root where groups such as {@code profile} are looked up
 */
record ConfigFolder(Path main, Path taskDirectory, Path root) {
    private static final String HYDRA = "hydra_configs";
    private static final String USUAL_CONF = "example_local_mock";

    /**
     * Finds the file that a path means.
     *
     * @param conf the name given by {@code conf=NAME}
     * @throws ConfigException when there is none, or several and no name chooses
     */
    static ConfigFolder find(Path given, Optional<String> conf) {
        Path path = given.toAbsolutePath().normalize();
        if (Files.isRegularFile(path)) {
            Path folder = Objects.requireNonNull(path.getParent());
            Path task = taskDirectoryOf(folder);
            if (conf.isEmpty()) {
                return at(path, task);
            }
            return at(named(folder, conf.get()), task);
        }
        if (!Files.isDirectory(path)) {
            throw new ConfigException(
                    given.toString(),
                    "There is no such file or folder; give a YAML file, or a folder with a task.yaml.");
        }
        Path confs = path.resolve(HYDRA).resolve("conf");
        if (conf.isPresent()) {
            return at(named(confs, conf.get()), path);
        }
        return yaml(path, "task")
                .or(() -> yaml(confs, USUAL_CONF))
                .map(file -> at(file, path))
                .orElseGet(() -> {
                    List<String> names = names(confs);
                    if (names.size() != 1) {
                        throw new ConfigException(given.toString(), noChoice(names));
                    }
                    return at(named(confs, names.getFirst()), path);
                });
    }

    /** Finds {@code group/name.yaml}; the group may be empty for a file beside the one that asks. */
    Optional<Path> find(Path besides, String group, String name) {
        String plain = name.replaceAll("\\.ya?ml$", "");
        String relative = group.isEmpty() ? plain : group + "/" + plain;
        Stream<Path> places = relative.startsWith("/") ? Stream.of(root) : Stream.of(besides, root, taskDirectory);
        String stripped = relative.replaceAll("^/+", "");
        return places.map(place -> yaml(place, stripped))
                .flatMap(Optional::stream)
                .findFirst();
    }

    boolean isGroup(String key) {
        return key.matches("[\\w-]+") && Files.isDirectory(root.resolve(key));
    }

    /** The names of the YAML files in a folder, sorted. */
    static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches(".*\\.ya?ml"))
                    .map(name -> name.replaceAll("\\.ya?ml$", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ConfigException(folder.toString(), "The folder cannot be read; check its permissions.");
        }
    }

    private static String noChoice(List<String> names) {
        return names.isEmpty()
                ? "The folder has neither a task.yaml nor a " + HYDRA + "/conf/*.yaml; write one of them."
                : "The folder has several configurations; choose one with conf=NAME, NAME being one of: "
                        + String.join(", ", names) + ".";
    }

    private static ConfigFolder at(Path main, Path taskDirectory) {
        Path hydra = taskDirectory.resolve(HYDRA);
        return new ConfigFolder(main, taskDirectory, Files.isDirectory(hydra) ? hydra : taskDirectory);
    }

    private static Path named(Path folder, String name) {
        return yaml(folder, name.replaceAll("\\.ya?ml$", "")).orElseThrow(() -> {
            List<String> names = names(folder);
            return new ConfigException(
                    "conf",
                    "there is no configuration \"" + name + "\" in " + folder + "; " + NearestName.hint(name, names));
        });
    }

    private static Optional<Path> yaml(Path folder, String name) {
        return Stream.of(".yaml", ".yml")
                .map(ending -> folder.resolve(name + ending))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Path taskDirectoryOf(Path folder) {
        for (Path each = folder; each != null; each = each.getParent()) {
            Path parent = each.getParent();
            if (parent != null && each.endsWith(HYDRA)) {
                return parent;
            }
        }
        return folder;
    }
}
