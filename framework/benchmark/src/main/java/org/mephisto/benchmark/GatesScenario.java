package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mephisto.benchmark.Work.People;
import org.mephisto.spi.json.Json;

/**
 * {@code register --gates on}: what it costs a worker who arrives that the run asks for a qualification, an onboarding and gold units. Two
 * servers get the same bursts in turns, each to a run of its own and from workers whom the database knows and who have not done anything yet.
 */
final class GatesScenario {
    private static final int UNITS = 1_000;
    private static final int DEFAULT_ROUNDS = 25;
    private static final int WARM_UP_ROUNDS = 15;

    private final BenchOptions options;
    private final Consumer<String> progress;
    private final Class<?> serverMain;
    private final int workers;

    GatesScenario(BenchOptions options, Consumer<String> progress, Class<?> serverMain) {
        this.options = options;
        this.progress = progress;
        this.serverMain = serverMain;
        this.workers = options.workersOr(RequestScenario.DEFAULT_WORKERS);
    }

    ObjectNode run() {
        int rounds = options.roundsOr(DEFAULT_ROUNDS);
        int units = options.unitsOr(UNITS);
        try (BenchDirectory directory = BenchDirectory.in(options.directory);
                LoadGeneratorClient load = LoadGeneratorClient.start(workers);
                BenchRun off = start(directory, load, "off", new Work(units, false, true, People.KNOWN));
                BenchRun on = start(directory, load, "on", new Work(units, false, true, People.GATED))) {
            progress.accept("warming up");
            for (int i = 0; i < options.warmUpRoundsOr(WARM_UP_ROUNDS); i++) {
                burst(load, "off", off, units);
                burst(load, "on", on, units);
            }
            List<RoundResult> offs = new ArrayList<>();
            List<RoundResult> ons = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                offs.add(burst(load, "off", off, units));
                ons.add(burst(load, "on", on, units));
                progress.accept("off " + Rounds.rounded(offs.getLast().p50Ms()) + " ms, on "
                        + Rounds.rounded(ons.getLast().p50Ms()) + " ms");
            }
            return result(offs, ons, units);
        }
    }

    private BenchRun start(BenchDirectory directory, LoadGeneratorClient load, String name, Work work) {
        return BenchRun.start(serverMain, options.fixedHeap(), directory.folder(name), load, name, work);
    }

    private static RoundResult burst(LoadGeneratorClient load, String name, BenchRun run, int units) {
        run.launchAgain();
        return load.registerPeople(name, (run.launches() - 1) * units, units);
    }

    private ObjectNode result(List<RoundResult> offs, List<RoundResult> ons, int units) {
        double off = RoundResult.median(offs, RoundResult::p50Ms);
        double on = RoundResult.median(ons, RoundResult::p50Ms);
        return Json.object()
                .put("scenario", "register")
                .put("gates", "on")
                .put("workers", workers)
                .put("units", units)
                .put("rate", Rounds.rounded(RoundResult.median(ons, RoundResult::rate)))
                .put("rate_off", Rounds.rounded(RoundResult.median(offs, RoundResult::rate)))
                .put("p99_off_ms", Rounds.rounded(RoundResult.median(offs, RoundResult::p99Ms)))
                .put("p99_on_ms", Rounds.rounded(RoundResult.median(ons, RoundResult::p99Ms)))
                .put("p50_off_ms", Rounds.rounded(off))
                .put("p50_on_ms", Rounds.rounded(on))
                .put("ratio", Rounds.rounded(on / off));
    }
}
