package org.mephisto.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of a command that names a worker: which one is meant. */
final class WorkerProvider {
    @Option(
            names = {"-p", "--provider"},
            paramLabel = "TYPE",
            description = "The worker's provider, where several have one of this name.")
    private @Nullable String type;

    Optional<String> type() {
        return Optional.ofNullable(type);
    }
}
