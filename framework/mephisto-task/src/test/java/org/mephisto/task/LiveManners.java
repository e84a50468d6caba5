package org.mephisto.task;

import org.jspecify.annotations.Nullable;

/**
 * What a scripted socket does by itself.
 *
 * @param status what `alive` is answered with; null leaves it unanswered
 * @param acknowledges whether live updates are acknowledged
 * @param ping by how many milliseconds the system side is behind in the answers to heartbeats; null leaves them unanswered
 */
public record LiveManners(
        @Nullable String status,
        boolean acknowledges,
        @Nullable Long ping) {
    /** As our own server. */
    public static final LiveManners OURS = new LiveManners("in task", true, 0L);

    public LiveManners status(@Nullable String other) {
        return new LiveManners(other, acknowledges, ping);
    }

    /** As the original server, which knows no acknowledgements. */
    public LiveManners acknowledgingNothing() {
        return new LiveManners(status, false, ping);
    }

    public LiveManners pingBehind(@Nullable Long milliseconds) {
        return new LiveManners(status, acknowledges, milliseconds);
    }
}
