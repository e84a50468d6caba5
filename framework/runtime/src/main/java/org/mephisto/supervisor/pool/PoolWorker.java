package org.mephisto.supervisor.pool;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.model.Worker;

/**
 * What the pool knows of one worker in this run. Everything is guarded by {@link #lock}, which is held for the whole of a registration,
 * waits for the database included: a worker's own visits come one after the other, and nobody else waits for them.
 */
final class PoolWorker {
    final ReentrantLock lock = new ReentrantLock();
    final String name;

    private @Nullable Worker worker;
    private final Set<Long> assignments = new HashSet<>();
    private final Map<String, Long> agentsByRegistration = new HashMap<>();
    private long nextPosition;
    private int active;
    private int counted;

    PoolWorker(String name) {
        this.name = name;
    }

    boolean isLoaded() {
        return worker != null;
    }

    void loaded(Worker row) {
        worker = row;
    }

    /** The worker's row; only once loaded. */
    Worker worker() {
        return Objects.requireNonNull(worker, "the worker is not loaded yet");
    }

    /** Where in the {@link UnitPool} this worker has not looked yet. */
    long nextPosition() {
        return nextPosition;
    }

    void lookedBefore(long position) {
        nextPosition = position;
    }

    boolean hasWorkedOn(long assignmentId) {
        return assignments.contains(assignmentId);
    }

    @Nullable
    Long agentOf(String registrationId) {
        return agentsByRegistration.get(registrationId);
    }

    /** Units this worker holds in this run now. */
    int active() {
        return active;
    }

    /** Units that count for {@code maximum_units_per_worker}. */
    int counted() {
        return counted;
    }

    /** An agent of this run, begun now or found in the database. */
    void remember(String registrationId, long agentId, long assignmentId) {
        agentsByRegistration.put(registrationId, agentId);
        assignments.add(assignmentId);
    }

    void began() {
        active++;
        counted++;
    }

    void completed() {
        active--;
    }

    void gaveUp() {
        active--;
        counted--;
    }

    /** A unit of this or another run of the task that counts for good. */
    void countedBefore() {
        counted++;
    }
}
