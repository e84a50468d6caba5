package org.mephisto.supervisor.pool;

import java.time.Instant;

/** How many submissions came in the last 60 seconds. Confined to its owner's lock. */
final class SubmissionRate {
    private static final int SECONDS = 60;

    private final long[] submissionsInSecond = new long[SECONDS];
    private final long[] second = new long[SECONDS];

    void add(Instant when) {
        int slot = (int) (when.getEpochSecond() % SECONDS);
        if (second[slot] != when.getEpochSecond()) {
            second[slot] = when.getEpochSecond();
            submissionsInSecond[slot] = 0;
        }
        submissionsInSecond[slot]++;
    }

    long perMinute(Instant at) {
        long now = at.getEpochSecond();
        long recent = 0;
        for (int i = 0; i < SECONDS; i++) {
            if (now - second[i] < SECONDS) {
                recent += submissionsInSecond[i];
            }
        }
        return recent;
    }
}
