package org.mephisto.benchmark;

import org.HdrHistogram.Histogram;

/** Adds up what comes of the turns of a talk. Used by one thread at a time. */
final class TalkTally {
    private final Histogram live = RoundResult.newHistogram();
    private final Histogram heartbeats = RoundResult.newHistogram();
    private double seconds;
    private long outOfOrder;
    private String sample = "";

    /** A turn is over that took so long. */
    void addSeconds(double turn) {
        seconds += turn;
    }

    /** @param loop with the figures of its part of a turn */
    void add(PageLoop loop) {
        live.add(loop.micros);
        heartbeats.add(loop.heartbeatMicros);
        outOfOrder += loop.outOfOrder;
        if (sample.isEmpty()) {
            sample = loop.sample;
        }
    }

    TalkResult result() {
        return new TalkResult(
                RoundResult.of(live, seconds, sample), RoundResult.of(heartbeats, seconds, ""), outOfOrder);
    }
}
