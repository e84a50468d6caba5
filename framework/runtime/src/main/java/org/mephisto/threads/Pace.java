package org.mephisto.threads;

import java.util.concurrent.TimeUnit;

/**
 * How long blueprint code's turns take, of whatever units: the mean of the last ones, an older one counting for less (an exponentially
 * weighted mean). Time on the clock, so a single turn may be long because its platform thread had to wait for a processor. Thread-safe; a
 * turn that two threads lose between them does no harm.
 */
final class Pace {
    /** To take a live update and answer takes a tenth of this. */
    static final long QUICK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** A turn counts for this much less than all before it. */
    private static final int WEIGHT = 128;

    /** Before code has shown that it is quick. */
    private static final long UNKNOWN_NANOS = 2 * QUICK_NANOS;

    private volatile long meanNanos = UNKNOWN_NANOS;

    /** Whether the thread of an event loop can be lent for a turn. */
    boolean isQuick() {
        return meanNanos < QUICK_NANOS;
    }

    /** A turn has ended. */
    void count(long nanos) {
        long mean = meanNanos;
        meanNanos = mean + (nanos - mean) / WEIGHT;
    }

    /** A turn does not end: code has to show again that it is quick. */
    void distrust() {
        meanNanos = Math.max(meanNanos, UNKNOWN_NANOS);
    }
}
