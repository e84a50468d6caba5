package org.mephisto.config;

import java.nio.file.Path;
import java.util.Optional;
import org.mephisto.spi.config.Option;

/** The keys under {@code mephisto.architect} that all architects have; kept so that configurations of the original load. */
public record ArchitectArgs(
        @Option(
                help = "The original's kind of task server; there is one router here, whatever it says.",
                defaultValue = "node")
        String serverType,

        @Option(help = "The original's own task server; not used here.")
        Optional<Path> serverSourcePath) {}
