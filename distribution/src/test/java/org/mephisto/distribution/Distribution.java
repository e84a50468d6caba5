package org.mephisto.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** An unpacked distribution. Immutable. */
record Distribution(Path home) {
    private static boolean warm;

    /** The folder that this build has assembled, with its start-up cache made. */
    static synchronized Distribution assembled() throws IOException, InterruptedException {
        Distribution built = new Distribution(Path.of(Objects.requireNonNull(
                System.getProperty("mephisto.test.distribution"),
                "Run these tests with Maven, which names the folder: mvn -pl distribution -am verify")));
        if (!warm) {
            try (MephistoProcess version =
                    MephistoProcess.of(built, Path.of("").toAbsolutePath()).start("--version")) {
                version.awaitExit(Duration.ofMinutes(2));
            }
            warm = true;
        }
        return built;
    }

    Path script() {
        return home.resolve("bin/mephisto");
    }

    Path example(String name) throws IOException {
        Path example = home.resolve("examples").resolve(name);
        if (!Files.exists(example.resolve("task.yaml"))) {
            throw new IOException("The distribution has no example " + example);
        }
        return example;
    }
}
