package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * {@code live} and {@code throughput}: pages of live work, whose blueprint echoes what they say, against the bare echo with the same
 * pages. {@code live} sends few live updates, evenly, and asks how long each takes to the blueprint and back; {@code throughput} sends as
 * many as are answered. In each round the two servers have turns of half a second, one after the other, after both were warmed; each round
 * has a task run and pages of its own, so that it does not carry what an earlier one has left behind.
 */
final class LiveScenario {
    /** Live updates a second, of all pages together. */
    static final double PACE = 200;

    private static final String SERVER = "server";
    private static final List<String> SERVERS = List.of(Echo.NAME, SERVER);
    private static final int DEFAULT_PAGES = 100;
    private static final int DEFAULT_ROUNDS = 7;
    private static final double DEFAULT_SECONDS = 2;
    private static final double DEFAULT_SECONDS_PACED = 5;
    private static final int WARM_UP_ROUNDS = 4;
    private static final double WARM_UP_SECONDS = 2;
    private static final double UNTIMED_SECONDS = 0.3;
    private static final double TURN_SECONDS = 0.5;
    private static final int CONNECTIONS = 64;

    private final String scenario;
    private final BenchOptions options;
    private final LiveOptions live;
    private final Consumer<String> progress;
    private final Class<?> serverMain;
    private final Talk measured;
    private final Talk warmUp;
    private long outOfOrder;

    private LiveScenario(
            String scenario,
            BenchOptions options,
            LiveOptions live,
            Consumer<String> progress,
            Class<?> serverMain,
            Talk measured) {
        this.scenario = scenario;
        this.options = options;
        this.live = live;
        this.progress = progress;
        this.serverMain = serverMain;
        this.measured = measured;
        this.warmUp = Talk.flood(
                measured.active(), live.window, Math.min(options.secondsOr(WARM_UP_SECONDS), WARM_UP_SECONDS));
    }

    /** How long a live update takes there and back. */
    static LiveScenario live(BenchOptions options, LiveOptions live, Consumer<String> progress, Class<?> serverMain) {
        Talk paced = Talk.pace(options.workersOr(DEFAULT_PAGES), PACE, options.secondsOr(DEFAULT_SECONDS_PACED));
        return new LiveScenario("live", options, live, progress, serverMain, paced);
    }

    /** How many live updates a second are echoed. */
    static LiveScenario throughput(
            BenchOptions options, LiveOptions live, Consumer<String> progress, Class<?> serverMain) {
        Talk flood = Talk.flood(options.workersOr(DEFAULT_PAGES), live.window, options.secondsOr(DEFAULT_SECONDS));
        return new LiveScenario("throughput", options, live, progress, serverMain, flood);
    }

    /** Runs it, which takes {@code 2 * seconds * rounds} and about half a minute more. */
    ObjectNode run() {
        int warmUps = options.warmUpRoundsOr(WARM_UP_ROUNDS);
        Work work = new Work(measured.active(), true, live.isJournaled());
        try (BenchDirectory directory = BenchDirectory.in(options.directory);
                LoadGeneratorClient load = LoadGeneratorClient.start(Math.min(CONNECTIONS, work.units()));
                Echo echo = Echo.start(load);
                BenchRun run = BenchRun.start(serverMain, options.fixedHeap(), directory.path(), load, SERVER, work)) {
            for (int i = 0; i < warmUps; i++) {
                progress.accept("warming up, " + (i + 1) + " of " + warmUps);
                talk(run, load, warmUp, new Rounds());
            }
            outOfOrder = 0;
            Rounds rounds = new Rounds();
            for (int i = 0; i < options.roundsOr(DEFAULT_ROUNDS); i++) {
                talk(run, load, measured, rounds);
                progress.accept(rounds.lastInWords());
            }
            load.closePages(SERVER);
            load.closePages(echo.name());
            return result(rounds, run);
        }
    }

    /** A new run, whose units all get an agent with an open page, and the same pages at the bare echo. */
    private void talk(BenchRun run, LoadGeneratorClient load, Talk talk, Rounds rounds) {
        SERVERS.forEach(load::closePages);
        load.prepareEach(SERVER, run.take(talk.active()));
        SERVERS.forEach(load::openPages);
        run.awaitQuiet();
        load.talkInTurns(SERVERS, Talk.flood(talk.active(), live.window, UNTIMED_SECONDS), 1);
        int turns = (int) Math.max(1, Math.round(talk.seconds() / TURN_SECONDS));
        Map<String, TalkResult> results = load.talkInTurns(SERVERS, talk, turns);
        TalkResult server = Objects.requireNonNull(results.get(SERVER));
        outOfOrder += server.outOfOrder();
        rounds.add(Objects.requireNonNull(results.get(Echo.NAME)).live(), server.live());
    }

    private ObjectNode result(Rounds rounds, BenchRun run) {
        ObjectNode result = rounds.toJson(scenario);
        if (measured.perSecond() > 0) {
            result.put("ratio", result.path("ratio_p50").asDouble());
        }
        return result.put("window", live.window)
                .put("journal", live.journal)
                .put("workers", measured.active())
                .put("seconds", measured.seconds())
                .put("out_of_order", outOfOrder)
                .put("heap_flags", run.heapFlags());
    }
}
