package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@code register --growth}: does it matter to a worker who arrives how many units the task run has? Two servers, one whose runs have
 * 1,000 units and one whose run has {@code --units}, get the same bursts of registrations in turns. The small server launches a new run for
 * each burst; the large one's workers reconnect for it, so that both meet every burst alike.
 */
final class GrowthScenario {
    private static final int SMALL_UNITS = 1_000;
    private static final int LARGE_UNITS = 1_000_000;
    private static final int DEFAULT_ROUNDS = 25;
    private static final int WARM_UP_ROUNDS = 20;
    private static final int UNTIMED = 100;
    private static final int TIMED = SMALL_UNITS - UNTIMED;

    private final BenchOptions options;
    private final Consumer<String> progress;
    private final Class<?> serverMain;
    private final int workers;

    GrowthScenario(BenchOptions options, Consumer<String> progress, Class<?> serverMain) {
        this.options = options;
        this.progress = progress;
        this.serverMain = serverMain;
        this.workers = options.workersOr(RequestScenario.DEFAULT_WORKERS);
    }

    ObjectNode run() {
        int units = options.unitsOr(LARGE_UNITS);
        int rounds = options.roundsOr(DEFAULT_ROUNDS);
        try (BenchDirectory directory = BenchDirectory.in(options.directory);
                LoadGeneratorClient load = LoadGeneratorClient.start(workers);
                Echo echo = Echo.start(load);
                BenchRun small = BenchRun.start(
                        serverMain,
                        options.fixedHeap(),
                        directory.folder("small"),
                        load,
                        "small",
                        Work.ofStatic(SMALL_UNITS));
                BenchRun large = BenchRun.start(
                        serverMain,
                        options.fixedHeap(),
                        directory.folder("large"),
                        load,
                        "large",
                        Work.ofStatic(units))) {
            progress.accept("launching " + units + " units, then warming up");
            for (int i = 0; i < options.warmUpRoundsOr(WARM_UP_ROUNDS); i++) {
                echo.answerWith(burst(load, "small", small).sample());
                burst(load, "large", large);
                load.register(Echo.NAME, TIMED, Integer.MAX_VALUE);
            }
            Rounds againstLimit = new Rounds();
            List<RoundResult> smalls = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                RoundResult limit = load.register(Echo.NAME, TIMED, Integer.MAX_VALUE);
                smalls.add(burst(load, "small", small));
                againstLimit.add(limit, burst(load, "large", large));
                progress.accept(againstLimit.lastInWords());
            }
            return result(againstLimit, smalls, units);
        }
    }

    private RoundResult burst(LoadGeneratorClient load, String name, BenchRun run) {
        run.takeForBurst(SMALL_UNITS);
        load.register(name, UNTIMED, Integer.MAX_VALUE);
        return load.register(name, TIMED, Integer.MAX_VALUE);
    }

    private ObjectNode result(Rounds againstLimit, List<RoundResult> smalls, int units) {
        ObjectNode result = againstLimit.toJson("register");
        double small = RoundResult.median(smalls, RoundResult::p50Ms);
        double large = result.path("p50_ms").asDouble();
        return result.put("workers", workers)
                .put("units_small", SMALL_UNITS)
                .put("units", units)
                .put("p50_small_ms", Rounds.rounded(small))
                .put("p50_large_ms", large)
                .put("growth", Rounds.rounded(large / small));
    }
}
