package org.mephisto.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/**
 * Copies the template of a blueprint plugin under another name. The template is a whole project whose name, in its three spellings, is
 * replaced in every file and path. Immutable.
 */
public final class PluginScaffold {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([-_][a-z0-9]+)*");
    private static final Pattern VERSION = Pattern.compile("<mephisto\\.version>[^<]*</mephisto\\.version>");
    private static final Pattern SDK = Pattern.compile("<mephisto\\.sdk>[^<]*</mephisto\\.sdk>");

    private final Path distribution;

    /** @param distribution the folder that has {@code template}, {@code sdk} and {@code plugins} */
    public PluginScaffold(Path distribution) {
        this.distribution = distribution.toAbsolutePath().normalize();
    }

    /**
     * Writes a new project; blocks.
     *
     * @param name the blueprint's type, such as {@code my-task}
     * @param directory does not exist, or is empty
     * @return the files, relative to the directory, in alphabetical order
     * @throws MephistoException {@code INVALID_INPUT} for an unusable name, {@code CONFLICT} when the directory has files in it, {@code
     *     FILE_UNUSABLE} when something cannot be read or written
     */
    public List<Path> create(String name, Path directory) {
        if (!NAME.matcher(name).matches()) {
            throw new MephistoException(
                    ErrorCode.INVALID_INPUT,
                    "\"" + name
                            + "\" cannot be a blueprint's name. Use lower-case letters, digits and single dashes, beginning with a"
                            + " letter, such as \"my-task\".");
        }
        Path template = distribution.resolve("template");
        try {
            requireEmpty(directory);
            Path source = template.toRealPath();
            Replacement replacement = new Replacement(name, sdkVersion());
            List<Path> written;
            try (Stream<Path> all = Files.walk(source)) {
                written = all.filter(Files::isRegularFile)
                        .map(source::relativize)
                        .filter(file -> !file.startsWith("target"))
                        .sorted()
                        .toList();
            }
            for (Path file : written) {
                Path target = directory.resolve(replacement.inText(file.toString()));
                Files.createDirectories(target.toAbsolutePath().getParent());
                Files.writeString(target, replacement.inFile(Files.readString(source.resolve(file))));
            }
            return written.stream()
                    .map(file -> Path.of(replacement.inText(file.toString())))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new MephistoException(
                    ErrorCode.FILE_UNUSABLE,
                    "Cannot copy the template \"" + template + "\" to \"" + directory + "\": " + e
                            + ". Check that the one can be read and the other written.",
                    e);
        }
    }

    private static void requireEmpty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        boolean hasFiles = true;
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                hasFiles = files.findAny().isPresent();
            }
        }
        if (hasFiles) {
            throw new MephistoException(
                    ErrorCode.CONFLICT,
                    "\"" + directory
                            + "\" is not an empty folder, and nothing in it is overwritten. Name another one.");
        }
    }

    /** The version of which the sdk folder is. */
    private String sdkVersion() throws IOException {
        Path versions = distribution.resolve("sdk/org/mephisto/mephisto-spi");
        try (Stream<Path> folders = Files.list(versions)) {
            return folders.filter(Files::isDirectory)
                    .max(Comparator.naturalOrder())
                    .map(folder -> folder.getFileName().toString())
                    .orElseThrow(() -> new IOException("\"" + versions + "\" is empty"));
        }
    }

    /** The new name in all its spellings. */
    private final class Replacement {
        private final String name;
        private final String packageName;
        private final String className;
        private final String version;

        Replacement(String name, String version) {
            List<String> words = Arrays.asList(name.split("[-_]"));
            this.name = name;
            this.packageName = javaPackage(String.join("", words));
            this.className = words.stream()
                    .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                    .collect(Collectors.joining());
            this.version = version;
        }

        private static String javaPackage(String word) {
            return SourceVersion.isName(word) ? word : word + "task";
        }

        String inText(String text) {
            return text.replace("template-task", name)
                    .replace("templatetask", packageName)
                    .replace("TemplateTask", className);
        }

        String inFile(String text) {
            String withVersion =
                    VERSION.matcher(inText(text)).replaceAll("<mephisto.version>" + version + "</mephisto.version>");
            String sdk = distribution.resolve("sdk").toUri().toString();
            return SDK.matcher(withVersion)
                    .replaceAll(Matcher.quoteReplacement("<mephisto.sdk>" + sdk + "</mephisto.sdk>"))
                    .replace("MEPHISTO/plugins/", distribution.resolve("plugins") + "/");
        }
    }
}
