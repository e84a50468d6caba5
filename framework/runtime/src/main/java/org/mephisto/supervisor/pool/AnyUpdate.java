package org.mephisto.supervisor.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.blueprint.AgentUpdate;
import org.mephisto.spi.blueprint.LiveUpdate;

/** Waits at several inboxes at once. */
final class AnyUpdate {
    private AnyUpdate() {}

    /** See {@link org.mephisto.spi.blueprint.AssignmentSession#awaitAny}; one thread at a time for the same agents. */
    static Optional<AgentUpdate> await(Collection<LiveAgent> agents, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Semaphore changes = new Semaphore(0);
        agents.forEach(agent -> agent.inbox().whenChanged(changes::release));
        try {
            while (true) {
                changes.drainPermits();
                Optional<AgentUpdate> found = takeFirst(agents);
                if (found.isPresent()) {
                    return found;
                }
                agents.forEach(LiveAgent::raiseIfAbsent);
                if (!changes.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return takeFirst(agents);
                }
            }
        } finally {
            agents.forEach(agent -> agent.inbox().whenChanged(null));
        }
    }

    private static Optional<AgentUpdate> takeFirst(Collection<LiveAgent> agents) {
        @Nullable LiveAgent first = null;
        Instant earliest = Instant.MAX;
        for (LiveAgent agent : agents) {
            Optional<LiveUpdate> waiting = agent.inbox().peek();
            if (waiting.isPresent() && waiting.get().sentAt().isBefore(earliest)) {
                earliest = waiting.get().sentAt();
                first = agent;
            }
        }
        if (first == null) {
            return Optional.empty();
        }
        LiveAgent chosen = first;
        return chosen.inbox().poll().map(update -> new AgentUpdate(chosen, update));
    }
}
