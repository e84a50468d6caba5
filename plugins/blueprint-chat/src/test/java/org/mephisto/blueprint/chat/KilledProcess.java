package org.mephisto.blueprint.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What is on the disk while a run goes on is what a killed process leaves. */
final class KilledProcess {
    private KilledProcess() {}

    /** Copies a run's data folder as it is at this moment. */
    static void copyData(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
