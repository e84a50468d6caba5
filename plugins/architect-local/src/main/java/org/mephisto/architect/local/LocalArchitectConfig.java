package org.mephisto.architect.local;

import org.mephisto.spi.config.Option;

/** Settings under {@code mephisto.architect} of the type {@code local}. */
record LocalArchitectConfig(
        @Option(
                help = "Where to listen: localhost for this machine alone, 0.0.0.0 for everybody who reaches it.",
                defaultValue = "localhost")
        String hostname,

        @Option(help = "The port to listen on; 0 for any free one.", defaultValue = "3000", min = 0, max = 65_535)
        int port) {}
