package org.mephisto.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import picocli.CommandLine;

/** Each scenario against {@link BareServerUnderTest}, which refuses any request that it should never get. */
final class BenchCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    @Test
    void registerPrintsOneLineWithBothSidesAndTheirRatio() {
        JsonNode result = bench("register", "--seconds", "0.3", "--rounds", "3", "--workers", "8", "--units", "20000");

        assertThat(result.path("scenario").asText()).isEqualTo("register");
        assertThat(result.path("workers").asInt()).isEqualTo(8);
        assertThat(result.path("rounds").asInt()).isEqualTo(3);
        assertThat(result.path("limit_p50_ms").asDouble()).isPositive();
        assertThat(result.path("p99_ms").asDouble())
                .isGreaterThanOrEqualTo(result.path("p50_ms").asDouble());
        assertThat(result.path("ratio").asDouble())
                .isCloseTo(
                        result.path("rate").asDouble()
                                / result.path("limit_rate").asDouble(),
                        within(0.002));
    }

    @Test
    void registerLaunchesAgainWhenTheUnitsRunOut() {
        JsonNode result = bench("register", "--seconds", "0.2", "--rounds", "3", "--workers", "4", "--units", "50");

        assertThat(result.path("units").asInt()).isEqualTo(50);
        assertThat(result.path("rate").asDouble()).isPositive();
    }

    @Test
    void submitSubmitsOncePerAgent() {
        JsonNode result = bench("submit", "--seconds", "0.2", "--rounds", "2", "--workers", "8", "--units", "20000");

        assertThat(result.path("scenario").asText()).isEqualTo("submit");
        assertThat(result.path("rate").asDouble()).isPositive();
        assertThat(result.path("ratio_p99").asDouble()).isPositive();
    }

    @Test
    void growthComparesTheMedianTimesOfASmallAndALargeRun() {
        JsonNode result = bench("register", "--growth", "--rounds", "3", "--workers", "8", "--units", "30000");

        assertThat(result.path("units_small").asInt()).isEqualTo(1000);
        assertThat(result.path("p50_small_ms").asDouble()).isPositive();
        assertThat(result.path("growth").asDouble())
                .isCloseTo(
                        result.path("p50_large_ms").asDouble()
                                / result.path("p50_small_ms").asDouble(),
                        within(0.02));
    }

    @Test
    void launchInsertsTheVeryRowsForComparison() {
        StringWriter progress = new StringWriter();

        JsonNode result = bench(progress, "launch", "--units", "10007", "--rounds", "1");

        assertThat(progress.toString()).contains("bare inserts of their 20,014 rows");
        assertThat(result.path("seconds").asDouble()).isPositive();
        assertThat(result.path("limit_seconds").asDouble()).isPositive();
        assertThat(result.path("heap_mb").asInt()).isEqualTo(512);
    }

    @Test
    void nothingIsLeftInTheDirectory() throws IOException {
        bench("launch", "--units", "100", "--rounds", "1");

        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aWrongAnswerEndsTheBenchmarkWithWhatItSaid() {
        try (LoadGeneratorClient load = LoadGeneratorClient.start(2);
                Echo echo = Echo.start(load)) {
            echo.answerWith("{\"data\":{\"agent_id\":null,\"failure_reason\":\"No units left.\"}}");

            assertThatThrownBy(() -> load.register(Echo.NAME, 10, 1))
                    .isInstanceOf(MephistoException.class)
                    .hasMessageContaining("status 200")
                    .hasMessageContaining("No units left.");
        }
    }

    private JsonNode bench(String... args) {
        return bench(new StringWriter(), args);
    }

    private JsonNode bench(StringWriter progress, String... args) {
        StringWriter out = new StringWriter();
        CommandLine command = new CommandLine(new BenchCommand(BareServerUnderTest.class))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(progress, true));
        String[] all = Stream.concat(Stream.of(args), Stream.of("--directory", directory.toString()))
                .toArray(String[]::new);

        int exitCode = command.execute(all);

        assertThat(exitCode).as(progress.toString()).isZero();
        assertThat(out.toString().lines()).hasSize(1);
        return Json.parse(out.toString().strip());
    }
}
