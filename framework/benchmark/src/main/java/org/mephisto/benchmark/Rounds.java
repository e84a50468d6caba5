package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    /** The medians and their ratios, with the names that every benchmark's last line has. */
    ObjectNode toJson(String scenario) {
        double rate = RoundResult.median(measured, RoundResult::rate);
        double p50 = RoundResult.median(measured, RoundResult::p50Ms);
        double p99 = RoundResult.median(measured, RoundResult::p99Ms);
        double limitRate = RoundResult.median(limit, RoundResult::rate);
        double limitP50 = RoundResult.median(limit, RoundResult::p50Ms);
        double limitP99 = RoundResult.median(limit, RoundResult::p99Ms);
        return Json.object()
                .put("scenario", scenario)
                .put("rate", Math.round(rate))
                .put("p50_ms", rounded(p50))
                .put("p99_ms", rounded(p99))
                .put("limit_rate", Math.round(limitRate))
                .put("limit_p50_ms", rounded(limitP50))
                .put("limit_p99_ms", rounded(limitP99))
                .put("ratio", rounded(rate / limitRate))
                .put("ratio_p50", rounded(p50 / limitP50))
                .put("ratio_p99", rounded(p99 / limitP99))
                .put("rounds", measured.size());
    }

    static double rounded(double value) {
        return Double.isFinite(value) ? (double) Math.round(value * DIGITS) / DIGITS : 0;
    }
}
