package org.mephisto.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;

/** Units. Every status change is compare-and-set and says whether it won. */
public interface UnitStore {
    Optional<Unit> find(long id);

    /** Gives a launched unit to an agent, unless somebody was faster. */
    boolean reserve(long unitId, long agentId, long workerId);

    boolean changeStatus(long unitId, UnitStatus from, UnitStatus to);

    /** Takes an assigned unit from this agent and makes it launched again, or expired; false when it was no longer theirs. */
    boolean release(long unitId, long agentId, UnitStatus to);

    /** Completes the unit that this agent has; false when it was no longer theirs. */
    boolean complete(long unitId, long agentId);

    /** Expires all units of the run that nobody has begun (created, launched), and gives them as they were before. */
    List<Unit> expireOpen(long taskRunId);

    /** Makes the run's expired ordinary units launched again, so that a run taken up again can hand them out. */
    int relaunchExpired(long taskRunId);

    /**
     * Likewise for units that people do together, but only in assignments that nobody has begun or that all have left: a newcomer to any
     * other would wait for partners who do not come.
     */
    int relaunchExpiredTogether(long taskRunId);

    /** Ordinary units of the run that have this status, in the order of their ids, a page at a time. */
    NewUnits listByStatus(long taskRunId, UnitStatus status, long afterId, int limit);

    /** Adds flags for the reviewer. */
    void addFlags(long unitId, List<String> flags);

    /** How many ordinary units of the run have each status; statuses without any are absent. */
    Map<UnitStatus, Long> countByStatus(long taskRunId);

    /**
     * Every unit of these runs with what is known of its work (the agent who has it or had it last), ordered by id; rows are streamed, not
     * held. The consumer may use the transaction.
     */
    void forEachWork(List<Long> taskRunIds, Consumer<UnitWork> consumer);
}
