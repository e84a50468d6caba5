package org.mephisto.supervisor.pool;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.spi.model.Unit;

/**
 * How far a run is: the counts of its ordinary units, and the place to wait for them to change. Thread-safe.
 *
 * <p>A unit is <em>open</em> from its creation until it is completed or expired. The run is done when its source has no more, nothing is
 * open, and neither is a special unit in work nor anybody being judged or about to hand in what a partner has left them with.
 */
public final class RunProgress {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final InstantSource clock;
    private final UnitTally units = new UnitTally();
    private final SubmissionRate submissions = new SubmissionRate();

    private long judging;
    private long farewells;
    private final Map<FailureReason, Long> refusals = new EnumMap<>(FailureReason.class);
    private boolean sourceExhausted;
    private boolean stopping;
    private boolean abandoned;
    private long settingsChanges;
    private Instant lastSubmission;

    public RunProgress(InstantSource clock) {
        this.clock = clock;
        this.lastSubmission = clock.instant();
    }

    /**
     * The counts at one moment.
     *
     * @param created all units made so far
     * @param launched free to be taken now
     * @param sourceExhausted whether no more units will be made
     * @param submissionsPerMinute how many were submitted in the last 60 seconds
     * @param refusals how often workers got no unit, by reason
     */
    public record Counts(
            long created,
            long launched,
            long inWork,
            long completed,
            long expired,
            boolean sourceExhausted,
            long submissionsPerMinute,
            Map<FailureReason, Long> refusals) {
        /** Units on which something is still to come. */
        public long open() {
            return created - completed - expired;
        }
    }

    public Counts counts() {
        lock.lock();
        try {
            long perMinute = submissions.perMinute(clock.instant());
            return units.counts(sourceExhausted, perMinute, new EnumMap<>(refusals));
        } finally {
            lock.unlock();
        }
    }

    /** When the last submission came; the run's start before the first one. */
    public Instant lastSubmission() {
        lock.lock();
        try {
            return lastSubmission;
        } finally {
            lock.unlock();
        }
    }

    /** What a run that is taken up again has behind it; units in work are counted as launched until their agents are. */
    void resumed(long wereCreated, long nowLaunched, long wereCompleted, Map<FailureReason, Long> wereRefused) {
        change(() -> {
            refusals.putAll(wereRefused);
            units.resumed(wereCreated, nowLaunched, wereCompleted);
        });
    }

    public void unitsCreated(long count) {
        change(() -> units.created(count));
    }

    public void unitsLaunched(long count) {
        change(() -> units.launched(count));
    }

    void unitTaken(Unit unit) {
        change(() -> units.taken(unit));
    }

    void specialUnitExpired() {
        change(units::specialExpired);
    }

    /** Somebody is being judged: the run does not end before that is over. */
    void judgingBegun() {
        change(() -> judging++);
    }

    void judgingEnded() {
        change(() -> judging--);
    }

    /** Somebody whose partner has left may still hand in what there is: the run does not end before. */
    void farewellBegun() {
        change(() -> farewells++);
    }

    void farewellEnded() {
        change(() -> {
            farewells--;
            lastSubmission = clock.instant();
        });
    }

    void refused(FailureReason reason) {
        lock.lock();
        try {
            refusals.merge(reason, 1L, Long::sum);
        } finally {
            lock.unlock();
        }
    }

    void unitCameBack() {
        change(units::cameBack);
    }

    /** @param isSubmitted whether somebody looks at a submission now, until {@link #judgingEnded} */
    void unitCompleted(Unit unit, boolean isSubmitted) {
        change(() -> {
            units.completed(unit);
            if (isSubmitted) {
                judging++;
            }
            lastSubmission = clock.instant();
            submissions.add(lastSubmission);
        });
    }

    void unitInWorkExpired() {
        change(units::inWorkExpired);
    }

    /** Units that nobody had begun were expired. */
    public void openUnitsExpired(long wereLaunched, long wereCreated) {
        change(() -> units.openExpired(wereLaunched, wereCreated));
    }

    /** No more units will be made. */
    public void sourceExhausted() {
        change(() -> sourceExhausted = true);
    }

    /** Whoever waits here is to give up waiting for more: the run is being ended. */
    public void stop() {
        change(() -> stopping = true);
    }

    /** The run is to end without waiting for those at work. */
    public void abandon() {
        change(() -> {
            stopping = true;
            abandoned = true;
        });
    }

    public boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    /** Limits or times have changed: whoever waits here is to look at them again. */
    public void settingsChanged() {
        change(() -> settingsChanges++);
    }

    /** Waits until the run is done or abandoned, the time is up or settings have changed; false in the last two cases. */
    public boolean awaitDone(Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            long changes = settingsChanges;
            while (!done() && !abandoned) {
                if (nanos <= 0 || settingsChanges != changes) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the run is abandoned or the time is up. */
    public void awaitAbandoned(Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (!abandoned && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until fewer units than the limit are launched or in work.
     *
     * @param limit asked at every change; 0 for no limit
     * @return how many may be launched now; 0 when the run is stopping
     */
    public long awaitRoom(IntSupplier limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!stopping && room(limit.getAsInt()) <= 0) {
                changed.await();
            }
            return stopping ? 0 : room(limit.getAsInt());
        } finally {
            lock.unlock();
        }
    }

    private long room(int limit) {
        return limit == 0 ? Long.MAX_VALUE : limit - units.underWay();
    }

    private boolean done() {
        return sourceExhausted && units.isDone() && judging == 0 && farewells == 0;
    }

    private void change(Runnable how) {
        lock.lock();
        try {
            how.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
