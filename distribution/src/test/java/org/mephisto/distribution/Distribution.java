package org.mephisto.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

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

    Path plugins() {
        return home.resolve("plugins");
    }

    /** The same distribution with a plugins folder of its own, to drop jars into. */
    Distribution copyTo(Path target) throws IOException {
        for (String own : List.of("bin", "plugins")) {
            Files.createDirectories(target.resolve(own));
            try (Stream<Path> files = Files.list(home.resolve(own))) {
                for (Path file : files.toList()) {
                    Files.copy(
                            file, target.resolve(own).resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        for (String shared : List.of("lib", "sdk", "template", "examples", "conf")) {
            Files.createSymbolicLink(target.resolve(shared), home.resolve(shared));
        }
        return new Distribution(target);
    }

    Path example(String name) throws IOException {
        Path example = home.resolve("examples").resolve(name);
        if (!Files.exists(example.resolve("task.yaml"))) {
            throw new IOException("The distribution has no example " + example);
        }
        return example;
    }
}
