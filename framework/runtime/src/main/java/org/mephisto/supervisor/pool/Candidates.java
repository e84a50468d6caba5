package org.mephisto.supervisor.pool;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.mephisto.spi.blueprint.SharedTaskState.WorkerCanDoUnit;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.supervisor.eligibility.UserCalls;
import org.mephisto.supervisor.pool.UnitPool.FreeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through the free units that a worker may have: of assignments they have not worked on, and allowed by the user's function. The
 * caller holds the worker's lock.
 *
 * <p>A user's function is asked for {@link #MOST_ASKED} units in one visit and for {@link #LONGEST} in all; the worker's next visit goes on
 * with the unit after the last one, and after the end of the pool begins anew. So each unit has its turn, and no visit takes for ever.
 */
final class Candidates {
    static final int MOST_ASKED = 100;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(Candidates.class);

    private final RunContext run;
    private final UnitPool units;
    private final Assemblies assemblies;
    private final UserCalls calls;

    Candidates(RunContext run, UnitPool units, Assemblies assemblies, UserCalls calls) {
        this.run = run;
        this.units = units;
        this.assemblies = assemblies;
        this.calls = calls;
    }

    /** What a search came to. */
    record Found<T>(Optional<T> unit, int asked) {}

    /** Whether there is a unit for the worker; none is taken. */
    Found<FreeUnit> peek(PoolWorker worker) {
        return seek(worker, Optional::of, Optional::of);
    }

    /** Takes units from the pool, one after the other, until the attempt to begin one succeeds. */
    <T> Found<T> take(PoolWorker worker, Function<FreeUnit, Optional<T>> begin) {
        return seek(
                worker,
                returned -> assemblies.take(returned) ? begin.apply(returned) : Optional.empty(),
                free -> units.take(free) ? begin.apply(free) : Optional.empty());
    }

    private <T> Found<T> seek(
            PoolWorker worker, Function<FreeUnit, Optional<T>> ofReturned, Function<FreeUnit, Optional<T>> ofPool) {
        Search search = new Search(worker);
        for (FreeUnit unit : assemblies.returned()) {
            if (!worker.hasWorkedOn(unit.assignmentId()) && search.isAllowed(unit)) {
                Optional<T> done = ofReturned.apply(unit);
                if (done.isPresent()) {
                    return new Found<>(done, search.asked);
                }
            }
        }
        long first = worker.nextPosition();
        long start = Math.max(first, worker.askFrom());
        Optional<T> done = search.pass(start, Long.MAX_VALUE, start == first, ofPool);
        if (done.isEmpty() && start > first && !search.isOver()) {
            done = search.pass(first, start, true, ofPool);
        }
        return new Found<>(done, search.asked);
    }

    /** One visit's search. */
    private final class Search {
        private final PoolWorker worker;
        private final WorkerCanDoUnit rule = run.sharedState().workerCanDoUnit();
        private final long begun = System.nanoTime();
        private int asked;

        Search(PoolWorker worker) {
            this.worker = worker;
        }

        /** @param allLookedAt whether what lies before the start need never be looked at again */
        <T> Optional<T> pass(long start, long end, boolean allLookedAt, Function<FreeUnit, Optional<T>> attempt) {
            boolean forGood = allLookedAt;
            long position = start;
            while (!isOver()) {
                Optional<FreeUnit> next = units.peek(position).filter(unit -> unit.position() < end);
                if (next.isEmpty()) {
                    worker.askNextFrom(0);
                    return Optional.empty();
                }
                FreeUnit unit = next.get();
                position = unit.position() + 1;
                boolean possible = !worker.hasWorkedOn(unit.assignmentId());
                if (possible && !isAllowed(unit)) {
                    // The user's answer may change, so this position must be looked at again.
                    forGood = false;
                    worker.askNextFrom(position);
                    continue;
                }
                if (forGood) {
                    worker.lookedBefore(possible ? unit.position() : position);
                }
                if (possible) {
                    Optional<T> done = attempt.apply(unit);
                    if (done.isPresent()) {
                        return done;
                    }
                }
            }
            return Optional.empty();
        }

        boolean isOver() {
            return asked >= MOST_ASKED || (asked > 0 && left().isNegative());
        }

        private Duration left() {
            return LONGEST.minusNanos(System.nanoTime() - begun);
        }

        boolean isAllowed(FreeUnit free) {
            if (rule == WorkerCanDoUnit.ALWAYS) {
                return true;
            }
            if (isOver()) {
                return false;
            }
            asked++;
            Unit unit =
                    new Unit(free.unitId(), free.assignmentId(), run.taskRun().id(), free.index(), UnitStatus.LAUNCHED);
            try {
                return calls.call("worker_can_do_unit", left(), () -> rule.test(worker.worker(), unit));
            } catch (MephistoException e) {
                LOG.warn("Unit {}: the worker does not get it. {}", free.unitId(), e.getMessage());
                return false;
            }
        }
    }
}
