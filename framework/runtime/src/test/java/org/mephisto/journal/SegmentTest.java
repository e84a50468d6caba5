package org.mephisto.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.json.JsonValue;

final class SegmentTest {
    private static final MemorySegment MEMORY = Arena.ofAuto().allocate(4096);

    private static Segment.Encoded record(long agentId) {
        return new Segment.Encoded(
                agentId,
                UpdateJournal.NONE,
                new LiveUpdate("id-" + agentId, true, Instant.EPOCH, JsonValue.emptyObject()));
    }

    /** A process may be killed between the two. */
    @Test
    void aPlaceThatWasNotWrittenHidesNothingThatStandsBehindIt() {
        Segment segment = new Segment(0, MEMORY);
        segment.reserve(record(1)).write(record(1));
        segment.reserve(record(2));
        segment.reserve(record(3)).write(record(3));
        List<Long> agents = new ArrayList<>();

        Segment reopened = new Segment(0, MEMORY);
        reopened.forEach((agentId, position) -> agents.add(agentId));
        reopened.reserve(record(4)).write(record(4));
        reopened.forEach((agentId, position) -> agents.add(agentId));

        assertThat(agents).containsExactly(1L, 3L, 1L, 3L, 4L);
    }
}
