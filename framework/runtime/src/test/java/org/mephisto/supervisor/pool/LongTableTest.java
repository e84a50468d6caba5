package org.mephisto.supervisor.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LongTableTest {
    private final LongTable table = new LongTable();

    @Test
    void holdsWhatAMapHolds() {
        SplittableRandom random = new SplittableRandom(7);
        Map<Long, Long> map = new HashMap<>();

        for (int i = 0; i < 20_000; i++) {
            long key = random.nextLong(-5_000, 5_000);
            long value = random.nextLong(1, 1_000_000);
            table.put(key, value);
            map.put(key, value);
        }

        for (long key = -6_000; key < 6_000; key++) {
            assertThat(table.get(key)).isEqualTo(map.getOrDefault(key, 0L));
        }
    }

    @Test
    void theKey0IsAKeyAsAnyOther() {
        long before = table.get(0);

        table.put(0, 5);

        assertThat(before).isZero();
        assertThat(table.get(0)).isEqualTo(5);
    }

    @Test
    void aValueThatMeansNoneIsRefused() {
        assertThatThrownBy(() -> table.put(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
