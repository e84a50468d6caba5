package org.mephisto.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.mephisto.boot.Mephisto;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/**
 * Where this Mephisto is unpacked.
 *
 * @param home the folder that has {@code lib}, {@code plugins}, {@code template} and {@code examples}
 */
record Installation(Path home, Map<String, String> environment) {
    /** From the {@code mephisto.distribution} system property, which the start script sets. */
    static Installation of(Map<String, String> environment) {
        return new Installation(
                Path.of(System.getProperty("mephisto.distribution", "."))
                        .toAbsolutePath()
                        .normalize(),
                environment);
    }

    Path plugins() {
        return home.resolve("plugins");
    }

    /** How somebody in the current folder names an example: beside the sources that in the sources. */
    String example(String name) {
        Path inSources = Path.of("distribution/examples", name);
        if (Files.isDirectory(inSources)) {
            return inSources.toString();
        }
        Path current = Path.of("").toAbsolutePath();
        Path example = home.resolve("examples").resolve(name);
        return (example.startsWith(current) ? current.relativize(example) : example).toString();
    }

    /** Mephisto with the plugins of this installation. */
    Mephisto open() {
        if (!Files.isDirectory(plugins())) {
            throw new MephistoException(
                    ErrorCode.FILE_UNUSABLE,
                    "There is no plugins folder \"" + plugins()
                            + "\". Start Mephisto with the bin/mephisto of an unpacked distribution.");
        }
        return Mephisto.open(plugins(), environment);
    }
}
