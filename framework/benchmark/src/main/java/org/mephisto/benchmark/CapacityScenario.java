package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * {@code capacity}: many connected agents of live work, each with its page and its running blueprint. What do they take of the machine
 * while nobody says anything, and do some who talk notice the others? One server is measured before the others come and after. The bare
 * echo has only those who talk.
 */
final class CapacityScenario {
    private static final String SERVER = "server";
    private static final int DEFAULT_AGENTS = 18_000;
    private static final int DEFAULT_ROUNDS = 5;
    private static final double DEFAULT_SECONDS = 5;
    private static final int MOST_ACTIVE = 100;
    private static final int BATCH = 1_000;
    private static final int CONNECTIONS = 64;
    private static final int DEFAULT_HEAP_MEGABYTES = 1_024;
    private static final int LOAD_HEAP_MEGABYTES = 1_024;
    private static final int WARM_UP_ROUNDS = 4;
    private static final double WARM_UP_SECONDS = 2;
    private static final double HEARTBEAT_PERIODS = 2;
    private static final double HEARTBEAT_SECONDS = PageLoop.HEARTBEAT_NANOS / RoundResult.NANOS_PER_SECOND;
    private static final double PERCENT = 100;
    private static final double PER_AGENTS = 1_000;

    private final BenchOptions options;
    private final LiveOptions live;
    private final Consumer<String> progress;
    private final Class<?> serverMain;
    private final int agents;
    private final int active;
    private final double seconds;
    private final List<RoundResult> alone = new ArrayList<>();
    private final List<RoundResult> limit = new ArrayList<>();
    private final List<RoundResult> among = new ArrayList<>();
    private final List<RoundResult> heartbeats = new ArrayList<>();

    CapacityScenario(BenchOptions options, LiveOptions live, Consumer<String> progress, Class<?> serverMain) {
        this.options = options;
        this.live = live;
        this.progress = progress;
        this.serverMain = serverMain;
        this.agents = options.workersOr(DEFAULT_AGENTS);
        this.active = Math.min(MOST_ACTIVE, agents);
        this.seconds = options.secondsOr(DEFAULT_SECONDS);
    }

    ObjectNode run() {
        Work work = new Work(agents, true, live.isJournaled());
        List<String> heapFlags = ChildProcess.growingHeap(options.heapMegabytesOr(DEFAULT_HEAP_MEGABYTES));
        int connections = Math.min(CONNECTIONS, active);
        try (BenchDirectory directory = BenchDirectory.in(options.directory);
                LoadGeneratorClient load = LoadGeneratorClient.start(connections, LOAD_HEAP_MEGABYTES);
                Echo echo = Echo.start(load);
                BenchRun run = BenchRun.start(serverMain, heapFlags, directory.path(), load, SERVER, work)) {
            warmUp(run, load, echo);
            run.launchAgain();
            Figures empty = run.figures(true);
            progress.accept(String.format(Locale.ROOT, "nobody: %,d KiB resident", empty.residentKib()));
            openPages(load, run.take(active));
            load.openPages(echo.name());
            for (int i = 0; i < rounds(); i++) {
                limit.add(talk(load, echo.name()).live());
                alone.add(talk(load, SERVER).live());
                progress.accept(inWords(active, alone.getLast()));
            }
            load.closePages(echo.name());
            for (int connected = active; connected < agents; connected += BATCH) {
                openPages(load, run.take(Math.min(BATCH, agents - connected)));
                progress.accept(String.format(Locale.ROOT, "%,d agents", Math.min(agents, connected + BATCH)));
            }
            progress.accept("all rest, for two heartbeats of each");
            Figures before = run.figures(false);
            TalkResult rest = load.talk(SERVER, Talk.rest(HEARTBEAT_SECONDS * HEARTBEAT_PERIODS));
            Figures full = run.figures(false);
            heartbeats.add(rest.heartbeats());
            for (int i = 0; i < rounds(); i++) {
                TalkResult talked = talk(load, SERVER);
                among.add(talked.live());
                heartbeats.add(talked.heartbeats());
                progress.accept(inWords(agents, among.getLast()));
            }
            double cores = (full.cpuSeconds() - before.cpuSeconds())
                    / rest.heartbeats().seconds();
            Figures collected = run.figures(true);
            load.closePages(SERVER);
            return result(run)
                    .put("resident_kib_per_agent", perAgent(full.residentKib() - empty.residentKib()))
                    .put("heap_kib_per_agent", perAgent(collected.heapKib() - empty.heapKib()))
                    .put("cpu_percent_per_1000_agents", Rounds.rounded(PERCENT * cores * PER_AGENTS / agents))
                    .put("heartbeats_per_second", Math.round(rest.heartbeats().rate()));
        }
    }

    private int rounds() {
        return options.roundsOr(DEFAULT_ROUNDS);
    }

    private double perAgent(long kib) {
        return Rounds.rounded((double) kib / agents);
    }

    private void warmUp(BenchRun run, LoadGeneratorClient load, Echo echo) {
        int warmUps = options.warmUpRoundsOr(WARM_UP_ROUNDS);
        Talk flood = Talk.flood(active, live.window, Math.min(seconds, WARM_UP_SECONDS));
        for (int i = 0; i < warmUps; i++) {
            progress.accept("warming up, " + (i + 1) + " of " + warmUps);
            run.launchAgain();
            openPages(load, run.take(active));
            load.openPages(echo.name());
            load.talk(SERVER, flood);
            load.talk(echo.name(), flood);
            load.closePages(SERVER);
            load.closePages(echo.name());
        }
    }

    private static void openPages(LoadGeneratorClient load, int agents) {
        load.prepareEach(SERVER, agents);
        load.openPages(SERVER);
    }

    private TalkResult talk(LoadGeneratorClient load, String name) {
        return load.talk(name, Talk.pace(active, LiveScenario.PACE, seconds));
    }

    private String inWords(int connected, RoundResult round) {
        return String.format(
                Locale.ROOT,
                "%,d agents, %,d of them talk: p50 %.2f ms, p99 %.2f ms",
                connected,
                active,
                round.p50Ms(),
                round.p99Ms());
    }

    private ObjectNode result(BenchRun run) {
        Rounds againstLimit = new Rounds();
        for (int i = 0; i < rounds(); i++) {
            againstLimit.add(limit.get(i), among.get(i));
        }
        ObjectNode result = againstLimit.toJson("capacity");
        double aloneP99 = RoundResult.median(alone, RoundResult::p99Ms);
        return result.put("ratio", Rounds.rounded(RoundResult.median(among, RoundResult::p99Ms) / aloneP99))
                .put("p50_alone_ms", Rounds.rounded(RoundResult.median(alone, RoundResult::p50Ms)))
                .put("p99_alone_ms", Rounds.rounded(aloneP99))
                .put("heartbeat_p50_ms", Rounds.rounded(RoundResult.median(heartbeats, RoundResult::p50Ms)))
                .put("heartbeat_p99_ms", Rounds.rounded(RoundResult.median(heartbeats, RoundResult::p99Ms)))
                .put("window", live.window)
                .put("journal", live.journal)
                .put("workers", agents)
                .put("active", active)
                .put("seconds", seconds)
                .put("heap_flags", run.heapFlags());
    }
}
