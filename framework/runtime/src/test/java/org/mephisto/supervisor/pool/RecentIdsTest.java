package org.mephisto.supervisor.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RecentIdsTest {
    private final RecentIds ids = new RecentIds();

    @Test
    void theLastIdsAreKnownAndOldOnesForgotten() {
        int last = 10 * RecentIds.REMEMBERED + 7;
        IntStream.range(0, last).forEach(n -> ids.add(IdHash.of("id-" + n)));

        assertThat(IntStream.range(last - RecentIds.REMEMBERED, last))
                .allMatch(n -> ids.contains(IdHash.of("id-" + n)));
        assertThat(ids.contains(IdHash.of("id-" + last))).isFalse();
        assertThat(IntStream.range(0, last - 2 * RecentIds.REMEMBERED))
                .noneMatch(n -> ids.contains(IdHash.of("id-" + n)));
    }
}
