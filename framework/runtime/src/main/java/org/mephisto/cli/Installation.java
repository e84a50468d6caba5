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
