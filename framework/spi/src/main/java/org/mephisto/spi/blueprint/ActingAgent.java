package org.mephisto.spi.blueprint;

import java.time.Duration;
import java.util.Optional;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.Worker;

/**
 * A worker at a page, as blueprint code sees them. Every waiting method raises an {@link AbsentAgentException} the moment the worker is
 * gone. Thread-safe.
 */
public sealed interface ActingAgent permits Agent, OnboardingAgent {
    /** The unguessable id that the worker's page uses; do not show it to others. */
    String id();

    Worker worker();

    AgentStatus status();

    /** The next live update that the page sent, if one is waiting; never waits. */
    Optional<LiveUpdate> act();

    /**
     * Waits for the next live update. Updates that the code has not yet taken come in the order of their client timestamps; none is held
     * back to wait for an earlier one.
     *
     * @param timeout one of zero is over at once, with what follows from that; {@link #act()} looks without waiting
     * @throws AgentTimeoutException when none came in time; the agent's status is {@code timeout} then
     */
    LiveUpdate act(Duration timeout) throws InterruptedException;

    /**
     * Sends an object to the page. Returns at once; a page that is away gets it when it is back. An {@code update_id} is added where there
     * is none.
     */
    void observe(JsonValue update);

    /** {@link #observe} by the name the architect API uses. */
    default void sendData(JsonValue update) {
        observe(update);
    }

    /** Waits until the worker has submitted and the submission is stored, at most for the rest of the assignment's duration. */
    Submission awaitSubmit() throws InterruptedException;

    /** Likewise, at most this long. */
    Submission awaitSubmit(Duration timeout) throws InterruptedException;

    /** What is known of the agent's work so far. */
    AgentState state();
}
