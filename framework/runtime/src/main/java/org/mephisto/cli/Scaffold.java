package org.mephisto.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/** Copies the plugin template, with a name of the user's in the place of the template's. */
final class Scaffold {
    private static final List<String> TEXT =
            List.of(".java", ".xml", ".yaml", ".html", ".md", ".js", ".css", ".csv", ".properties");

    private final Path home;

    /** @param home the installation's folder */
    Scaffold(Path home) {
        this.home = home;
    }

    /**
     * Writes a blueprint plugin.
     *
     * @param name the type's name
     * @param target the folder to make; may be there if it is empty
     */
    void blueprint(String name, Path target) {
        if (!name.matches("[a-z][a-z0-9]*([-_][a-z0-9]+)*")) {
            throw new MephistoException(
                    ErrorCode.INVALID_INPUT,
                    "\"" + name
                            + "\" cannot name a blueprint. Use lower case letters, digits and dashes, such as my-task.");
        }
        Path template = home.resolve("template");
        if (!Files.isDirectory(template)) {
            throw new MephistoException(
                    ErrorCode.FILE_UNUSABLE,
                    "The template folder \"" + template + "\" is missing from this installation; unpack it again.");
        }
        try {
            if (Files.exists(target) && !(Files.isDirectory(target) && isEmpty(target))) {
                throw new MephistoException(
                        ErrorCode.CONFLICT,
                        "\"" + target + "\" is there already. Name another folder: mephisto new blueprint " + name
                                + " DIR");
            }
            copy(template, target, name);
        } catch (IOException e) {
            throw new MephistoException(
                    ErrorCode.FILE_UNUSABLE,
                    "The blueprint cannot be written to \"" + target + "\": " + e + ". Name another folder.",
                    e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private void copy(Path template, Path target, String name) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(template)) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        for (Path file : files) {
            Path to = target.resolve(named(template.relativize(file).toString(), name));
            Files.createDirectories(to.toAbsolutePath().getParent());
            if (TEXT.stream().anyMatch(file.toString()::endsWith)) {
                Files.writeString(to, named(Files.readString(file, StandardCharsets.UTF_8), name));
            } else {
                Files.copy(file, to);
            }
        }
    }

    /** Puts the name in the template's placeholders. */
    private String named(String text, String name) {
        return text.replace("__name__", name)
                .replace("__Name__", pascalCase(name))
                .replace("__package__", name.replaceAll("[-_]", ""))
                .replace("__sdk__", home.resolve("sdk").toUri().toString());
    }

    private static String pascalCase(String name) {
        StringBuilder pascal = new StringBuilder();
        for (String word : name.split("[-_]", -1)) {
            pascal.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return pascal.toString();
    }
}
