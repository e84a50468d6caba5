package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.mephisto.spi.json.Json;

/**
 * One round of load. Immutable.
 *
 * @param requests how many were answered
 * @param seconds from the first request to the last answer
 * @param p50Ms the median time from a request to its answer, in milliseconds
 * @param p99Ms the time that 99 of 100 requests did not exceed, in milliseconds
 * @param sample one of the answers
 */
record RoundResult(long requests, double seconds, double p50Ms, double p99Ms, String sample) {
    static final double NANOS_PER_SECOND = 1e9;
    /** What takes longer counts as this long. */
    static final long LONGEST_MICROS = 60_000_000;

    private static final int DIGITS = 3;
    private static final double MICROS_PER_MILLI = 1e3;
    private static final int PERCENT_50 = 50;
    private static final int PERCENT_99 = 99;

    /** To collect times in, in microseconds. */
    static Histogram newHistogram() {
        return new Histogram(LONGEST_MICROS, DIGITS);
    }

    /** @param micros the time of each request */
    static RoundResult of(Histogram micros, double seconds, String sample) {
        return new RoundResult(
                micros.getTotalCount(),
                seconds,
                micros.getValueAtPercentile(PERCENT_50) / MICROS_PER_MILLI,
                micros.getValueAtPercentile(PERCENT_99) / MICROS_PER_MILLI,
                sample);
    }

    /** Requests per second. */
    double rate() {
        return seconds > 0 ? requests / seconds : 0;
    }

    ObjectNode toJson() {
        return Json.object()
                .put("requests", requests)
                .put("seconds", seconds)
                .put("p50_ms", p50Ms)
                .put("p99_ms", p99Ms)
                .put("sample", sample);
    }

    static RoundResult fromJson(JsonNode json) {
        return new RoundResult(
                json.path("requests").asLong(),
                json.path("seconds").asDouble(),
                json.path("p50_ms").asDouble(),
                json.path("p99_ms").asDouble(),
                json.path("sample").asText());
    }

    /** The middle one of the rounds' values; of an even number, the mean of the two in the middle. */
    static <T> double median(List<T> rounds, ToDoubleFunction<T> value) {
        double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
