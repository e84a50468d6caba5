package org.mephisto.store;

import java.util.List;
import java.util.Optional;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.Worker;

/**
 * A unit with its latest agent, for exports and reviews.
 *
 * @param work empty while nobody has begun
 * @param review the latest, if any
 */
public record UnitWork(
        String taskName,
        String blueprintType,
        Unit unit,
        List<String> flags,
        Optional<Work> work,
        Optional<Review> review) {
    /** Who did it, and what. */
    public record Work(Worker worker, AgentRow agent) {}
}
