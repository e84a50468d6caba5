package org.mephisto.supervisor.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.json.JsonValue;

class WaitingUpdatesTest {
    private final WaitingUpdates waiting = new WaitingUpdates();

    @Test
    void theEarliestIsNextAndOfOneTimeTheFirstThatCame() {
        SplittableRandom random = new SplittableRandom(5);
        List<LiveUpdate> expected = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            if (random.nextInt(100) < (i % 1000 < 500 ? 60 : 40)) {
                LiveUpdate update = update(i, i / 10 + random.nextInt(random.nextInt(4) == 0 ? 8 : 1));
                waiting.add(update);
                expected.add(update);
                expected.sort(Comparator.comparing(LiveUpdate::sentAt)); // stable
            } else {
                LiveUpdate next = expected.isEmpty() ? null : expected.removeFirst();
                assertThat(waiting.peek()).isSameAs(next);
                assertThat(waiting.poll()).isSameAs(next);
            }
            assertThat(waiting.size()).isEqualTo(expected.size());
        }
    }

    private static LiveUpdate update(int number, long millis) {
        return new LiveUpdate("u" + number, true, Instant.ofEpochMilli(millis), JsonValue.emptyObject());
    }
}
