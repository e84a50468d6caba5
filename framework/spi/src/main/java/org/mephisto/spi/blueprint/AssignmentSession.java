package org.mephisto.spi.blueprint;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Several workers at one assignment. */
public interface AssignmentSession extends Session {
    /** The agents in the order of their units. */
    List<Agent> agents();

    /**
     * Waits for the next live update of any of these agents, taken from it as {@link Agent#act} does; of several that wait, the one sent
     * first by their pages' clocks.
     *
     * @return empty when none came in time; nobody's status changes then
     * @throws AbsentAgentException when one of them is gone
     */
    Optional<AgentUpdate> awaitAny(Collection<Agent> agents, Duration timeout) throws InterruptedException;
}
