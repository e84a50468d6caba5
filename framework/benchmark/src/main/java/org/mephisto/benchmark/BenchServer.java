package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mephisto.benchmark.ServerUnderTest.Launched;
import org.mephisto.spi.json.Json;

/**
 * The server under test as a child process, with the commands {@code open} ({@code directory}: where its data go), {@code launch}
 * (a {@link Work}; answers {@code port}, {@code seconds}, {@code database}, {@code peak_heap_mb}), {@code end_run} and {@code figures}
 * ({@code collect}: whether to collect garbage first; answers {@link Figures}).
 */
final class BenchServer {
    /** The size of each unit's data. */
    static final int UNIT_BYTES = 100;

    private static final double BYTES_PER_MEBIBYTE = 1024.0 * 1024.0;

    private final Function<Path, ServerUnderTest> opener;
    private @Nullable ServerUnderTest server;

    private BenchServer(Function<Path, ServerUnderTest> opener) {
        this.opener = opener;
    }

    /** Serves the commands until the input ends, then closes the server. To be called from a main method. */
    static void serve(Function<Path, ServerUnderTest> opener) throws IOException {
        BenchServer bench = new BenchServer(opener);
        CommandLoop loop = CommandLoop.overStandardStreams();
        try {
            loop.serve(Map.of(
                    "open", bench::open,
                    "launch", bench::launch,
                    "end_run", bench::endRun,
                    "figures", BenchServer::figures));
        } finally {
            if (bench.server != null) {
                bench.server.close();
            }
        }
    }

    private ObjectNode open(JsonNode command) {
        server = opener.apply(Path.of(command.path("directory").asText()));
        return Json.object();
    }

    private ObjectNode launch(JsonNode command) throws Exception {
        Launched launched = opened().launch(Work.fromJson(command));
        return Json.object()
                .put("port", launched.port())
                .put("seconds", launched.seconds())
                .put("database", launched.database().toString())
                .put("peak_heap_mb", peakHeapBytes() / BYTES_PER_MEBIBYTE);
    }

    private ObjectNode endRun(JsonNode command) throws Exception {
        opened().endRun();
        return Json.object();
    }

    private static ObjectNode figures(JsonNode command) {
        if (command.path("collect").asBoolean()) {
            System.gc();
        }
        return Figures.read().toJson();
    }

    private ServerUnderTest opened() {
        if (server == null) {
            throw new IllegalStateException("Not opened: send \"open\" first.");
        }
        return server;
    }

    /** The most that the heap's parts ever held, garbage included. */
    private static long peakHeapBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
