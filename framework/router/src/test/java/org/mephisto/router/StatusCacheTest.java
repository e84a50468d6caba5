package org.mephisto.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StatusCacheTest {
    private final StatusCache cache = new StatusCache(3, Duration.ofSeconds(10));

    @Test
    void anAnnouncementDoesNotOverwriteAStatus() {
        cache.put("a", "in task", 0);

        cache.announce("a", 1);
        cache.announce("b", 1);

        assertThat(cache.find("a", 2)).isEqualTo("in task");
        assertThat(cache.find("b", 2)).isEqualTo("none");
        assertThat(cache.find("c", 2)).isNull();
        assertThat(cache.json()).isEqualTo("{\"a\":\"in task\",\"b\":\"none\"}");
    }

    @Test
    void theLeastRecentlyUsedGoesFirst() {
        cache.put("a", "1", 0);
        cache.put("b", "2", 0);
        cache.put("c", "3", 0);
        cache.find("a", 1);

        cache.put("d", "4", 2);

        assertThat(cache.find("b", 3)).isNull();
        assertThat(cache.find("a", 3)).isEqualTo("1");
        assertThat(cache.size()).isEqualTo(3);
    }

    @Test
    void whatIsNotUsedForTooLongGoes() {
        cache.put("a", "1", 0);
        cache.put("b", "2", 0);
        cache.find("a", 5_000);

        cache.sweep(10_001);

        assertThat(cache.find("a", 10_001)).isEqualTo("1");
        assertThat(cache.find("b", 10_001)).isNull();
    }
}
