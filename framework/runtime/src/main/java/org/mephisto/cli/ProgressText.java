package org.mephisto.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.supervisor.pool.RunProgress.Counts;

/** How a run's progress reads in one line. */
final class ProgressText {
    private static final int BAR = 20;

    private ProgressText() {}

    /** @param interrupts how often the user has asked to end */
    static String of(Counts counts, int interrupts) {
        StringBuilder line = new StringBuilder();
        if (counts.sourceExhausted() && counts.created() > 0) {
            long done = counts.completed() + counts.expired();
            line.append(bar(done, counts.created())).append("  ");
        }
        line.append(ending(counts, interrupts));
        line.append(String.format(Locale.ROOT, "%,d", counts.completed()));
        line.append(counts.sourceExhausted() ? String.format(Locale.ROOT, " of %,d", counts.created()) : "");
        line.append(" completed");
        line.append(String.format(Locale.ROOT, " · %,d in work · %,d launched", counts.inWork(), counts.launched()));
        if (counts.expired() > 0) {
            line.append(String.format(Locale.ROOT, " · %,d expired", counts.expired()));
        }
        line.append(String.format(Locale.ROOT, " · %,d submissions/min", counts.submissionsPerMinute()));
        line.append(refusals(counts.refusals()));
        return line.toString();
    }

    /** How often workers got no unit, by reason, such as {@code " · turned away: 3 not qualified"}; empty when that never happened. */
    static String refusals(Map<FailureReason, Long> refusals) {
        String all = refusals.entrySet().stream()
                // Those come back in a moment.
                .filter(entry -> entry.getKey() != FailureReason.BEING_JUDGED)
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> String.format(Locale.ROOT, "%,d %s", entry.getValue(), words(entry.getKey())))
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : " · turned away: " + all;
    }

    private static String words(FailureReason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Comes first, so that a narrow terminal does not cut it off. */
    private static String ending(Counts counts, int interrupts) {
        if (interrupts > 1) {
            return "ending now · ";
        }
        if (counts.sourceExhausted() && counts.open() == 0) {
            return "done, closing soon · ";
        }
        return interrupts == 1 ? "stopping, waiting for " + counts.inWork() + " at work · " : "";
    }

    private static String bar(long done, long all) {
        int full = (int) (BAR * done / all);
        return "█".repeat(full) + "░".repeat(BAR - full);
    }

    /** Such as {@code 1 h 5 min} or {@code 12 s}. */
    static String duration(Duration duration) {
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        if (duration.toMinutes() > 0) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return duration.toSeconds() + " s";
    }
}
