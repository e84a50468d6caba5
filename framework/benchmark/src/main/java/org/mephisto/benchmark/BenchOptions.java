package org.mephisto.benchmark;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every benchmark can be told. Filled by picocli; not changed afterwards. */
final class BenchOptions {
    @Option(names = "--workers", defaultValue = "64", description = "Workers at once. Default: ${DEFAULT-VALUE}.")
    int workers;

    @Option(
            names = "--units",
            description = "Units that a task run launches. Default: 500000; 1000000 for launch and --growth.")
    int units;

    @Option(
            names = "--seconds",
            defaultValue = "2",
            description = "How long a round lasts at most. Default: ${DEFAULT-VALUE}.")
    double seconds;

    @Option(
            names = "--rounds",
            description = "Rounds, of which the median counts. Default: 7; 25 for --growth, 3 for launch.")
    int rounds;

    @Option(
            names = "--heap",
            defaultValue = "512",
            description = "Heap of the server under test, in MiB. Default: ${DEFAULT-VALUE}.")
    int heapMegabytes;

    @Option(
            names = "--directory",
            defaultValue = ".",
            description = "Where to put the databases; a new folder in it that is removed at the end. "
                    + "Put it on the disk that matters. Default: the current folder.")
    Path directory = Path.of(".");

    int unitsOr(int other) {
        return units > 0 ? units : other;
    }

    int roundsOr(int other) {
        return rounds > 0 ? rounds : other;
    }
}
