package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/**
 * {@code register} and {@code submit}: how many requests a second the server answers, against the bare echo that gets the same requests
 * from the same workers and answers with the same bytes. Rounds of the two alternate, after both were warmed.
 */
final class RequestScenario {
    private static final int DEFAULT_UNITS = 1_500_000;
    private static final int DEFAULT_ROUNDS = 7;
    /** Workers at once, where the user has not said how many. */
    static final int DEFAULT_WORKERS = 64;

    private static final double DEFAULT_SECONDS = 2;
    private static final int WARM_UP_ROUNDS = 8;
    private static final int FIRST_GUESS = 5_000;
    private static final double HEADROOM = 1.5;

    private final String scenario;
    private final BenchOptions options;
    private final Consumer<String> progress;
    private final Class<?> serverMain;
    private final int workers;
    private final double seconds;
    private double expectedRate;

    private RequestScenario(String scenario, BenchOptions options, Consumer<String> progress, Class<?> serverMain) {
        this.scenario = scenario;
        this.options = options;
        this.progress = progress;
        this.serverMain = serverMain;
        this.workers = options.workersOr(DEFAULT_WORKERS);
        this.seconds = options.secondsOr(DEFAULT_SECONDS);
    }

    /** Workers who arrive. */
    static RequestScenario register(BenchOptions options, Consumer<String> progress, Class<?> serverMain) {
        return new RequestScenario("register", options, progress, serverMain);
    }

    /** Workers who hand in; that they register before is not measured. */
    static RequestScenario submit(BenchOptions options, Consumer<String> progress, Class<?> serverMain) {
        return new RequestScenario("submit", options, progress, serverMain);
    }

    /** Runs it, which takes {@code 2 * seconds * (rounds + warm-up)} and a little more. */
    ObjectNode run() {
        int units = options.unitsOr(DEFAULT_UNITS);
        int warmUps = options.warmUpRoundsOr(WARM_UP_ROUNDS);
        try (BenchDirectory directory = BenchDirectory.in(options.directory);
                LoadGeneratorClient load = LoadGeneratorClient.start(workers);
                Echo echo = Echo.start(load);
                BenchRun run = BenchRun.start(
                        serverMain, options.fixedHeap(), directory.path(), load, "server", Work.ofStatic(units))) {
            expectedRate = FIRST_GUESS / seconds;
            for (int i = 0; i < warmUps; i++) {
                progress.accept("warming up, " + (i + 1) + " of " + warmUps);
                echo.answerWith(measured(run, load).sample());
                limit(load);
            }
            Rounds rounds = new Rounds();
            for (int i = 0; i < options.roundsOr(DEFAULT_ROUNDS); i++) {
                rounds.add(limit(load), measured(run, load));
                progress.accept(rounds.lastInWords());
            }
            return rounds.toJson(scenario)
                    .put("workers", workers)
                    .put("units", units)
                    .put("seconds", seconds);
        }
    }

    private RoundResult limit(LoadGeneratorClient load) {
        return isSubmit()
                ? load.submitEndlessly(Echo.NAME, seconds)
                : load.register(Echo.NAME, Integer.MAX_VALUE, seconds);
    }

    private RoundResult measured(BenchRun run, LoadGeneratorClient load) {
        RoundResult result = isSubmit() ? submitted(run, load) : registered(run, load);
        expectedRate = result.rate();
        return result;
    }

    private RoundResult registered(BenchRun run, LoadGeneratorClient load) {
        int units = run.take((int) (expectedRate * seconds * HEADROOM));
        RoundResult result = load.register("server", units, seconds);
        run.giveBack(units - result.requests());
        return result;
    }

    private RoundResult submitted(BenchRun run, LoadGeneratorClient load) {
        load.prepare("server", run.take((int) (expectedRate * seconds)));
        return load.submitOnce("server");
    }

    private boolean isSubmit() {
        return "submit".equals(scenario);
    }
}
