package org.mephisto.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private static final long QUICK = Pace.QUICK_NANOS / 10;

    private final Pace pace = new Pace();

    @BeforeEach
    void begin() {
        assertThat(pace.isQuick()).isFalse();
        count(1000, QUICK);
        assertThat(pace.isQuick()).isTrue();
    }

    private void count(int turns, long nanos) {
        for (int i = 0; i < turns; i++) {
            pace.count(nanos);
        }
    }

    @Test
    void aTurnThatLostItsProcessorChangesNothing() {
        for (int i = 0; i < 100; i++) {
            pace.count(TimeUnit.MILLISECONDS.toNanos(5));
            assertThat(pace.isQuick()).isTrue();
            count(200, QUICK);
        }
    }

    @Test
    void turnsThatAreAllTooLongLoseTheThreadSoon() {
        count(64, 3 * Pace.QUICK_NANOS);

        assertThat(pace.isQuick()).isFalse();
    }

    @Test
    void afterOneThatDidNotEndCodeHasToShowThatItIsQuick() {
        pace.distrust();
        assertThat(pace.isQuick()).isFalse();

        count(200, QUICK);

        assertThat(pace.isQuick()).isTrue();
    }
}
