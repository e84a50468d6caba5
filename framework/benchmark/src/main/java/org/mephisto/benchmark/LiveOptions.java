package org.mephisto.benchmark;

import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import picocli.CommandLine.Option;

/** What the benchmarks of live work can be told beside {@link BenchOptions}. Filled by picocli; not changed afterwards. */
final class LiveOptions {
    private static final int WIDEST = 1_000;

    @Option(
            names = "--window",
            defaultValue = "16",
            description = "Live updates that a page sends before the first is answered. Default: ${DEFAULT-VALUE}.")
    int window;

    @Option(
            names = "--journal",
            defaultValue = "on",
            description = "Whether live updates are written to a file before the blueprint sees them: on or off. "
                    + "Default: ${DEFAULT-VALUE}.")
    String journal = "on";

    /** @throws MephistoException when they make no sense */
    void check() {
        if (window < 1 || window > WIDEST) {
            throw new MephistoException(
                    ErrorCode.INVALID_INPUT, "--window \"" + window + "\" must be from 1 to " + WIDEST + ".");
        }
        if (!"on".equals(journal) && !"off".equals(journal)) {
            throw new MephistoException(ErrorCode.INVALID_INPUT, "--journal \"" + journal + "\" must be on or off.");
        }
    }

    boolean isJournaled() {
        return "on".equals(journal);
    }
}
