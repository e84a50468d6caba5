package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.mephisto.spi.json.Json;

/**
 * {@code launch}: how long until a task run's units are launched, against bare inserts of the very rows that it left in its database.
 * Each round has new processes and a new database on both sides, as a user who launches has. p50 and p99 are those of the rounds' lengths.
 */
final class LaunchScenario {
    private static final int DEFAULT_UNITS = 1_000_000;
    private static final int DEFAULT_ROUNDS = 3;
    private static final double MILLIS = 1000;

    private final BenchOptions options;
    private final Consumer<String> progress;
    private final Class<?> serverMain;

    LaunchScenario(BenchOptions options, Consumer<String> progress, Class<?> serverMain) {
        this.options = options;
        this.progress = progress;
        this.serverMain = serverMain;
    }

    ObjectNode run() {
        int units = options.unitsOr(DEFAULT_UNITS);
        List<Double> seconds = new ArrayList<>();
        List<Double> limitSeconds = new ArrayList<>();
        double peakHeap = 0;
        try (BenchDirectory directory = BenchDirectory.in(options.directory)) {
            for (int i = 0; i < options.roundsOr(DEFAULT_ROUNDS); i++) {
                Path folder = directory.folder("round-" + i);
                JsonNode launched = launch(folder, units);
                JsonNode inserted = insert(Path.of(launched.path("database").asText()), folder.resolve("bare.db"));
                BenchDirectory.remove(folder);
                seconds.add(launched.path("seconds").asDouble());
                limitSeconds.add(inserted.path("seconds").asDouble());
                peakHeap = Math.max(peakHeap, launched.path("peak_heap_mb").asDouble());
                progress.accept(String.format(
                        Locale.ROOT,
                        "round %d: %,d units in %.2f s, bare inserts of their %,d rows in %.2f s",
                        i + 1,
                        units,
                        seconds.getLast(),
                        inserted.path("rows").asLong(),
                        limitSeconds.getLast()));
            }
        }
        return result(units, seconds, limitSeconds).put("peak_heap_mb", Math.round(peakHeap));
    }

    private JsonNode launch(Path folder, int units) {
        try (ChildProcess server =
                ChildProcess.start(serverMain, options.heapMegabytesOr(BenchOptions.DEFAULT_HEAP_MEGABYTES))) {
            server.ask(ChildProcess.command("open").put("directory", folder.toString()));
            return server.ask(Work.ofStatic(units).toJson());
        }
    }

    private JsonNode insert(Path from, Path to) {
        try (ChildProcess bare =
                ChildProcess.start(BareInserts.class, options.heapMegabytesOr(BenchOptions.DEFAULT_HEAP_MEGABYTES))) {
            return bare.ask(
                    ChildProcess.command("copy").put("from", from.toString()).put("to", to.toString()));
        }
    }

    private ObjectNode result(int units, List<Double> seconds, List<Double> limitSeconds) {
        double median = RoundResult.median(seconds, Double::doubleValue);
        double limitMedian = RoundResult.median(limitSeconds, Double::doubleValue);
        double longest = seconds.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double limitLongest =
                limitSeconds.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return Json.object()
                .put("scenario", "launch")
                .put("rate", Math.round(units / median))
                .put("p50_ms", Math.round(median * MILLIS))
                .put("p99_ms", Math.round(longest * MILLIS))
                .put("limit_rate", Math.round(units / limitMedian))
                .put("limit_p50_ms", Math.round(limitMedian * MILLIS))
                .put("limit_p99_ms", Math.round(limitLongest * MILLIS))
                .put("ratio", Rounds.rounded(limitMedian / median))
                .put("ratio_p99", Rounds.rounded(longest / limitLongest))
                .put("rounds", seconds.size())
                .put("units", units)
                .put("seconds", Rounds.rounded(median))
                .put("limit_seconds", Rounds.rounded(limitMedian))
                .put("heap_mb", options.heapMegabytesOr(BenchOptions.DEFAULT_HEAP_MEGABYTES));
    }
}
