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

    /** At first nobody knows, so that code has to show that it is quick. */
    private volatile long meanNanos = 2 * QUICK_NANOS;

    /** Whether the thread of an event loop can be lent for a turn. */
    boolean isQuick() {
        return meanNanos < QUICK_NANOS;
    }

    /** A turn has ended. */
    void count(long nanos) {
        long mean = meanNanos;
        meanNanos = mean + (nanos - mean) / WEIGHT;
    }
}
