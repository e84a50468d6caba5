package org.mephisto.supervisor.pool;

import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.model.Worker;
import org.mephisto.supervisor.eligibility.Standing;

/**
 * What the pool knows of one worker in this run. What a registration reads and writes is guarded by {@link #lock}, which is held for the
 * whole of it, waits for the database and for users' functions included: a worker's own visits come one after the other, and nobody else
 * waits for them. What others change at any time, the counts and {@link WorkerGates}, has a lock of its own that nobody holds for long.
 */
final class PoolWorker {
    final ReentrantLock lock = new ReentrantLock();
    final String name;

    private @Nullable Worker worker;
    /** The agent by assignment, and by the hash of its registration id. */
    private final LongTable agentsByAssignment = new LongTable();

    private final LongTable agentsByRegistration = new LongTable();
    private long nextPosition;
    private long askFrom;
    private @Nullable WorkerGates gates;
    private @Nullable Standing standing;
    private long standingStamp;
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

    /** Where the user's function was last asked without a unit being found, and where it is asked next. */
    long askFrom() {
        return askFrom;
    }

    void askNextFrom(long position) {
        askFrom = position;
    }

    /** Where the worker stood when somebody last looked; may have changed since. Null when nobody has looked yet. */
    @Nullable
    Standing lastStanding() {
        return standing;
    }

    /** The stamp of the qualifications from which {@link #lastStanding} follows. */
    long standingStamp() {
        return standingStamp;
    }

    void stands(Standing now, long stamp) {
        standing = now;
        standingStamp = stamp;
    }

    /** What onboarding, screening and gold units have to do with this worker; only in runs that have any of them, once loaded. */
    WorkerGates gates() {
        return Objects.requireNonNull(gates, "the run has no gates, or the worker is not loaded yet");
    }

    void loaded(WorkerGates loaded) {
        gates = loaded;
    }

    /** Whether the worker is being judged by the unit of this agent. */
    boolean isJudgedBy(long agentId) {
        return gates != null && gates.isJudgedBy(agentId);
    }

    boolean hasWorkedOn(long assignmentId) {
        return agentsByAssignment.get(assignmentId) != 0;
    }

    /**
     * The agent that was probably made for this registration id: the ids are kept as hashes, so its row must be looked at. Whoever finds two
     * ids with one hash has only confused visits of their own.
     */
    OptionalLong probableAgentOf(String registrationId) {
        long agentId = agentsByRegistration.get(IdHash.of(registrationId));
        return agentId == 0 ? OptionalLong.empty() : OptionalLong.of(agentId);
    }

    /** Units this worker holds in this run now. */
    synchronized int active() {
        return active;
    }

    /** Units that count for {@code maximum_units_per_worker}. */
    synchronized int counted() {
        return counted;
    }

    /** An agent of this run, begun now or found in the database. */
    void remember(String registrationId, long agentId, long assignmentId) {
        agentsByRegistration.put(IdHash.of(registrationId), agentId);
        agentsByAssignment.put(assignmentId, agentId);
    }

    synchronized void began() {
        active++;
        counted++;
    }

    synchronized void completed() {
        active--;
    }

    synchronized void gaveUp() {
        active--;
        counted--;
    }

    /** A unit of this or another run of the task that counts for good. */
    synchronized void countedBefore() {
        counted++;
    }
}
