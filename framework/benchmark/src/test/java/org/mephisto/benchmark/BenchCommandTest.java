package org.mephisto.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.spi.json.Json;
import picocli.CommandLine;

/** Each scenario against {@link BareServerUnderTest}, which refuses any request that it should never get. */
final class BenchCommandTest {
    private static final Pattern ROUND_RATIO = Pattern.compile("ratio ([\\d.]+)");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    /** Of so few units that each round needs runs of its own. */
    @Test
    void registerPrintsOneLineWithBothSidesAndTheirRatio() {
        StringWriter progress = new StringWriter();

        JsonNode result =
                bench(progress, "register", "--seconds", "0.2", "--rounds", "3", "--workers", "8", "--units", "50");

        assertThat(result.path("scenario").asText()).isEqualTo("register");
        assertThat(result.path("workers").asInt()).isEqualTo(8);
        assertThat(result.path("units").asInt()).isEqualTo(50);
        assertThat(result.path("rounds").asInt()).isEqualTo(3);
        assertThat(result.path("limit_p50_ms").asDouble()).isPositive();
        assertThat(result.path("p99_ms").asDouble())
                .isGreaterThanOrEqualTo(result.path("p50_ms").asDouble());
        double[] ratios = ROUND_RATIO
                .matcher(progress.toString())
                .results()
                .mapToDouble(round -> Double.parseDouble(round.group(1)))
                .sorted()
                .toArray();
        assertThat(ratios).hasSize(3);
        assertThat(result.path("ratio").asDouble()).as("the rounds' median").isCloseTo(ratios[1], within(0.0011));
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
        JsonNode result = bench("register", "--growth", "--rounds", "3", "--workers", "8", "--units", "10000");

        assertThat(result.path("units_small").asInt()).isEqualTo(1000);
        assertThat(result.path("p50_small_ms").asDouble()).isPositive();
        assertThat(result.path("growth").asDouble())
                .isCloseTo(
                        result.path("p50_large_ms").asDouble()
                                / result.path("p50_small_ms").asDouble(),
                        within(0.02));
    }

    @Test
    void gatesComparesTheMedianTimesOfARunThatAsksForMuchAndOneThatAsksForNothing() {
        JsonNode result = bench("register", "--gates", "on", "--rounds", "3", "--workers", "8");

        assertThat(result.path("scenario").asText()).isEqualTo("register");
        assertThat(result.path("p50_off_ms").asDouble()).isPositive();
        assertThat(result.path("ratio").asDouble())
                .isCloseTo(
                        result.path("p50_on_ms").asDouble()
                                / result.path("p50_off_ms").asDouble(),
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
    void liveComparesTheTimesOfRoundTripsAtASteadyRate() {
        JsonNode result = bench("live", "--seconds", "0.5", "--rounds", "2", "--workers", "10", "--journal", "off");

        assertThat(result.path("scenario").asText()).isEqualTo("live");
        assertThat(result.path("rate").asInt()).isBetween(50, 250);
        assertThat(result.path("journal").asText()).isEqualTo("off");
        assertThat(result.path("out_of_order").asInt()).isZero();
        assertThat(result.path("ratio").asDouble())
                .isEqualTo(result.path("ratio_p50").asDouble());
    }

    @Test
    void throughputKeepsTheWindowFull() {
        JsonNode result = bench("throughput", "--seconds", "0.3", "--rounds", "1", "--workers", "4");

        double underWay = result.path("rate").asDouble() * result.path("p50_ms").asDouble() / 1000;
        assertThat(underWay).as("updates under way, of 64").isGreaterThan(8);
        assertThat(result.path("window").asInt()).isEqualTo(16);
        assertThat(result.path("journal").asText()).isEqualTo("on");
        assertRatioOfRates(result);
        assertThat(result.path("limit_p99_ms").asDouble())
                .isGreaterThanOrEqualTo(result.path("limit_p50_ms").asDouble());
    }

    @Test
    void capacityTellsWhatAnAgentTakesAndWhetherOthersNotice() {
        JsonNode result = bench("capacity", "--workers", "1500", "--seconds", "0.3", "--rounds", "1");

        assertThat(result.path("workers").asInt()).isEqualTo(1500);
        assertThat(result.path("active").asInt()).isEqualTo(100);
        assertThat(result.path("heartbeats_per_second").asInt()).isPositive();
        assertThat(result.path("heartbeat_p99_ms").asDouble()).isPositive();
        // So few agents may fit into what the warm-up has left.
        assertThat(result.path("resident_kib_per_agent").isNumber()).isTrue();
        assertThat(result.path("cpu_percent_per_1000_agents").asDouble()).isPositive();
        assertThat(result.path("heap_flags").asText()).contains("-Xmx1024m");
        assertThat(result.path("ratio").asDouble())
                .isCloseTo(
                        result.path("p99_ms").asDouble()
                                / result.path("p99_alone_ms").asDouble(),
                        within(0.02));
    }

    @Test
    void aJournalThatIsNeitherOnNorOffIsRefused() {
        StringWriter progress = new StringWriter();

        int exitCode = command(new StringWriter(), progress).execute("live", "--journal", "maybe");

        assertThat(exitCode).isNotZero();
        assertThat(progress.toString()).contains("--journal \"maybe\" must be on or off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--workers", "--units", "--rounds", "--warm-up", "--seconds", "--heap"})
    void aNumberThatIsNotPositiveIsRefused(String option) {
        StringWriter progress = new StringWriter();

        int exitCode = command(new StringWriter(), progress).execute("register", option, "0");

        assertThat(exitCode).isNotZero();
        assertThat(progress.toString()).contains(option + " \"0").contains("must be greater than 0");
    }

    /** Of a single round. The rates are told in whole numbers, the ratio is that of what was measured. */
    private static void assertRatioOfRates(JsonNode result) {
        double rate = result.path("rate").asDouble();
        double limit = result.path("limit_rate").asDouble();
        assertThat(result.path("ratio").asDouble())
                .isCloseTo(rate / limit, within(0.001 + (rate + limit) / limit / limit));
    }

    private JsonNode bench(String... args) {
        return bench(new StringWriter(), args);
    }

    private JsonNode bench(StringWriter progress, String... args) {
        StringWriter out = new StringWriter();
        String[] all = Stream.concat(Stream.of(args), Stream.of("--warm-up", "1", "--directory", directory.toString()))
                .toArray(String[]::new);

        int exitCode = command(out, progress).execute(all);

        assertThat(exitCode).as(progress.toString()).isZero();
        assertThat(out.toString().lines()).hasSize(1);
        assertThat(directory).as("what is left of the databases").isEmptyDirectory();
        return Json.parse(out.toString().strip());
    }

    private static CommandLine command(StringWriter out, StringWriter progress) {
        return new CommandLine(new BenchCommand(BareServerUnderTest.class))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(progress, true));
    }
}
