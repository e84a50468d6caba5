package org.mephisto.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.mephisto.spi.config.Option;

/** The simple keys under {@code mephisto}. */
record RootArgs(
        @Option(help = "What is logged: trace, debug, info, warn or error.", defaultValue = "info")
        String logLevel,

        @Option(help = "Levels of single parts, such as {supervisor: debug}.")
        Map<String, String> logLevels,

        @Option(help = "The data folder. Absent: core.main_data_directory of the user's settings.")
        Optional<Path> datapath) {}
