package org.mephisto.spi.blueprint;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mephisto.spi.json.JsonValue;

/**
 * The facts kept about one agent's work.
 *
 * @param initData what the page was given
 * @param updates all live updates, both ways, in order; empty for static work
 * @param submission empty until the worker has submitted
 * @param metadata tips, feedback, opinions, as an object
 */
public record AgentState(
        JsonValue initData,
        List<LiveUpdate> updates,
        Optional<Submission> submission,
        Instant taskStart,
        Optional<Instant> taskEnd,
        JsonValue metadata) {
    public AgentState {
        updates = List.copyOf(updates);
    }

    public AgentState withUpdates(List<LiveUpdate> known) {
        return new AgentState(initData, known, submission, taskStart, taskEnd, metadata);
    }
}
