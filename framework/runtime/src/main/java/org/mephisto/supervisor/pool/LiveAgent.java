package org.mephisto.supervisor.pool;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.blueprint.Agent;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;

/** An agent at work or waiting for its partners. Thread-safe. */
final class LiveAgent extends PageAgent implements Agent {
    private final long unitId;
    private final long assignmentId;
    private final int unitIndex;
    private final boolean isJudged;
    private final AgentEvents events;
    private volatile boolean silenceAllowed;
    private volatile boolean leftAlone;
    /** Made with the submission. */
    private volatile @Nullable CountDownLatch codeEnds;

    /** What an agent asks of the pool. */
    interface AgentEvents {
        PageLine line();

        long taskRunId();

        /** The agent has run out of time; the agent's status is settled when this returns. */
        void timedOut(LiveAgent agent);

        AgentState stateOf(LiveAgent agent);
    }

    /**
     * @param status waiting, or in task
     * @param isJudged whether the worker is judged by this unit
     */
    LiveAgent(AgentId id, PoolWorker poolWorker, Unit unit, AgentStatus status, boolean isJudged, AgentEvents events) {
        super(id, poolWorker, status, events.line());
        this.events = events;
        this.unitId = unit.id();
        this.assignmentId = unit.assignmentId();
        this.unitIndex = unit.index();
        this.isJudged = isJudged;
    }

    @Override
    public Unit unit() {
        return new Unit(unitId, assignmentId, events.taskRunId(), unitIndex, UnitStatus.ASSIGNED);
    }

    @Override
    public AgentState state() {
        return events.stateOf(this);
    }

    @Override
    void timeOut() {
        events.timedOut(this);
    }

    boolean isJudged() {
        return isJudged;
    }

    /** The code is through and only the submission is left: a page may have closed its socket by then. */
    void allowSilence() {
        silenceAllowed = true;
    }

    boolean mayBeSilent() {
        return silenceAllowed;
    }

    /** The database has it that the work has ended because a partner left; the page may still hand in what there is. */
    void leftAlone() {
        leftAlone = true;
        ended(AgentStatus.PARTNER_DISCONNECT);
    }

    boolean isLeftAlone() {
        return leftAlone;
    }

    /** Waits until one who was left alone has handed in what there is, at most this long. */
    void awaitFarewell(Duration timeout) throws InterruptedException {
        inbox().await(() -> findSubmission().orElse(null), timeout.toNanos());
    }

    /** The database has it that the agent no longer waits. */
    void began() {
        become(AgentStatus.IN_TASK);
    }

    /** The database has the submission. */
    void submitted(Submission stored) {
        codeEnds = new CountDownLatch(1);
        submitted(stored, AgentStatus.COMPLETED);
    }

    /** The code that had the agent has ended after the submission. */
    void codeIsThrough() {
        CountDownLatch ends = codeEnds;
        if (ends != null) {
            ends.countDown();
        }
    }

    /** Waits for {@link #codeIsThrough} after the submission, at most this long. */
    void awaitCode(Duration timeout) throws InterruptedException {
        Objects.requireNonNull(codeEnds).await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }
}
