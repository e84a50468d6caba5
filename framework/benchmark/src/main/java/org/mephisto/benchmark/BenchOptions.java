package org.mephisto.benchmark;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import picocli.CommandLine.Option;

/** What every benchmark can be told. Filled by picocli; not changed afterwards. */
final class BenchOptions {
    static final int DEFAULT_HEAP_MEGABYTES = 512;

    @Option(
            names = "--workers",
            description = "Workers at once. Default: 64; 100 for live and throughput, 18000 for capacity.")
    @Nullable
    Integer workers;

    @Option(
            names = "--units",
            description =
                    "Units that a task run launches. Default: 1500000; 1000000 for launch and --growth, 1000 for --gates on.")
    @Nullable
    Integer units;

    @Option(names = "--seconds", description = "How long a round lasts at most. Default: 2; 5 for live and capacity.")
    @Nullable
    Double seconds;

    @Option(
            names = "--rounds",
            description =
                    "Rounds, of which the median counts. Default: 7; 25 for --growth and --gates on, 3 for launch, 5 for capacity.")
    @Nullable
    Integer rounds;

    @Option(
            names = "--warm-up",
            description = "Rounds before those, which do not count. Default: what each scenario takes to settle.")
    @Nullable
    Integer warmUpRounds;

    @Option(
            names = "--heap",
            description =
                    "Heap of the server under test, in MiB. Default: 512; 1024 for capacity, where it grows as needed.")
    @Nullable
    Integer heapMegabytes;

    @Option(
            names = "--directory",
            defaultValue = ".",
            description = "Where to put the databases; a new folder in it that is removed at the end. "
                    + "Put it on the disk that matters. Default: the current folder.")
    Path directory = Path.of(".");

    /** @throws MephistoException when they make no sense */
    void check() {
        requirePositive("--workers", workers);
        requirePositive("--units", units);
        requirePositive("--rounds", rounds);
        requirePositive("--warm-up", warmUpRounds);
        requirePositive("--seconds", seconds);
        requirePositive("--heap", heapMegabytes);
    }

    private static void requirePositive(String name, @Nullable Number value) {
        if (value != null && value.doubleValue() <= 0) {
            throw new MephistoException(ErrorCode.INVALID_INPUT, name + " \"" + value + "\" must be greater than 0.");
        }
    }

    int workersOr(int other) {
        return workers == null ? other : workers;
    }

    double secondsOr(double other) {
        return seconds == null ? other : seconds;
    }

    int heapMegabytesOr(int other) {
        return heapMegabytes == null ? other : heapMegabytes;
    }

    /** The options of a server under test whose heap does not change. */
    List<String> fixedHeap() {
        return ChildProcess.fixedHeap(heapMegabytesOr(DEFAULT_HEAP_MEGABYTES));
    }

    int unitsOr(int other) {
        return units == null ? other : units;
    }

    int roundsOr(int other) {
        return rounds == null ? other : rounds;
    }

    int warmUpRoundsOr(int other) {
        return warmUpRounds == null ? other : warmUpRounds;
    }
}
