package org.mephisto.supervisor.pool;

import java.util.Map;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.spi.model.Unit;
import org.mephisto.supervisor.pool.RunProgress.Counts;

/** How many of a run's units are in which state; special units are counted only while in work. Confined to its owner's lock. */
final class UnitTally {
    private long created;
    private long launched;
    private long inWork;
    private long completed;
    private long expired;
    private long specialInWork;

    Counts counts(boolean sourceExhausted, long submissionsPerMinute, Map<FailureReason, Long> refusals) {
        return new Counts(
                created, launched, inWork, completed, expired, sourceExhausted, submissionsPerMinute, refusals);
    }

    void resumed(long wereCreated, long nowLaunched, long wereCompleted) {
        created = wereCreated;
        launched = nowLaunched;
        completed = wereCompleted;
    }

    void created(long count) {
        created += count;
    }

    void launched(long count) {
        launched += count;
    }

    void taken(Unit unit) {
        if (unit.isSpecial()) {
            specialInWork++;
        } else {
            launched--;
            inWork++;
        }
    }

    void cameBack() {
        inWork--;
        launched++;
    }

    void completed(Unit unit) {
        if (unit.isSpecial()) {
            specialInWork--;
        } else {
            inWork--;
            completed++;
        }
    }

    void inWorkExpired() {
        inWork--;
        expired++;
    }

    void specialExpired() {
        specialInWork--;
    }

    /** Units that nobody had begun were expired. */
    void openExpired(long wereLaunched, long wereCreated) {
        launched -= wereLaunched;
        expired += wereLaunched + wereCreated;
    }

    /** How many of the ordinary units are launched or in work. */
    long underWay() {
        return launched + inWork;
    }

    /** Whether nothing is open and no special unit is in work. */
    boolean isDone() {
        return created == completed + expired && specialInWork == 0;
    }
}
