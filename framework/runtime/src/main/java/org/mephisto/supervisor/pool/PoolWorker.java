package org.mephisto.supervisor.pool;

import java.util.Objects;
import java.util.OptionalLong;
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
    /** The agent by assignment, and by the hash of its registration id. */
    private final LongTable agentsByAssignment = new LongTable();

    private final LongTable agentsByRegistration = new LongTable();
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
        return agentsByAssignment.get(assignmentId) != 0;
    }

    /** The agent that was probably made for this registration id: the ids are kept as hashes, so its row must be looked at. */
    OptionalLong probableAgentOf(String registrationId) {
        long agentId = agentsByRegistration.get(hash(registrationId));
        return agentId == 0 ? OptionalLong.empty() : OptionalLong.of(agentId);
    }

    /** 64 bits, FNV-1a over the characters. Whoever finds two ids with one hash has only confused visits of their own. */
    private static long hash(String registrationId) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < registrationId.length(); i++) {
            hash = (hash ^ registrationId.charAt(i)) * 0x100000001B3L;
        }
        return hash;
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
        agentsByRegistration.put(hash(registrationId), agentId);
        agentsByAssignment.put(assignmentId, agentId);
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
