package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.mephisto.spi.json.Json;

/** What was measured on each side, round for round, and what it comes to. Confined to one thread. */
final class Rounds {
    private static final int DIGITS = 1000;

    private final List<RoundResult> limit = new ArrayList<>();
    private final List<RoundResult> measured = new ArrayList<>();

    void add(RoundResult limitRound, RoundResult measuredRound) {
        limit.add(limitRound);
        measured.add(measuredRound);
    }

    /** The last round in a line, for people. */
    String lastInWords() {
        RoundResult it = measured.getLast();
        RoundResult bare = limit.getLast();
        return String.format(
                Locale.ROOT,
                "round %d: %,.0f/s (p50 %.2f ms, p99 %.2f ms), limit %,.0f/s (p50 %.2f ms, p99 %.2f ms), ratio %.3f",
                measured.size(),
                it.rate(),
                it.p50Ms(),
                it.p99Ms(),
                bare.rate(),
                bare.p50Ms(),
                bare.p99Ms(),
                it.rate() / bare.rate());
    }

    /** The medians, of the rounds' ratios too, with the names that every benchmark's last line has. */
    ObjectNode toJson(String scenario) {
        return Json.object()
                .put("scenario", scenario)
                .put("rate", Math.round(RoundResult.median(measured, RoundResult::rate)))
                .put("p50_ms", rounded(RoundResult.median(measured, RoundResult::p50Ms)))
                .put("p99_ms", rounded(RoundResult.median(measured, RoundResult::p99Ms)))
                .put("limit_rate", Math.round(RoundResult.median(limit, RoundResult::rate)))
                .put("limit_p50_ms", rounded(RoundResult.median(limit, RoundResult::p50Ms)))
                .put("limit_p99_ms", rounded(RoundResult.median(limit, RoundResult::p99Ms)))
                .put("ratio", medianRatio(RoundResult::rate))
                .put("ratio_p50", medianRatio(RoundResult::p50Ms))
                .put("ratio_p99", medianRatio(RoundResult::p99Ms))
                .put("rounds", measured.size());
    }

    /** Round by round, as the two sides of a round were measured nearest to each other on a machine that changes its speed. */
    private double medianRatio(ToDoubleFunction<RoundResult> value) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            ratios.add(value.applyAsDouble(measured.get(i)) / value.applyAsDouble(limit.get(i)));
        }
        return rounded(RoundResult.median(ratios, Double::doubleValue));
    }

    static double rounded(double value) {
        return Double.isFinite(value) ? (double) Math.round(value * DIGITS) / DIGITS : 0;
    }
}
