package org.mephisto.supervisor.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.mephisto.supervisor.pool.UnitPool.FreeUnit;

/** Agents whose units run together and who wait until each unit of their assignment has one. Thread-safe; never waits. */
final class Assemblies {
    private final Map<Long, List<LiveAgent>> byAssignment = new HashMap<>();
    private final Queue<FreeUnit> returned = new ConcurrentLinkedQueue<>();

    /**
     * Adds an agent that waits.
     *
     * @param size how many units the assignment has
     * @return all agents of the assignment in the order of their units when it is complete now, and it is forgotten here; else none
     */
    synchronized List<LiveAgent> join(LiveAgent agent, int size) {
        long assignmentId = agent.unit().assignmentId();
        List<LiveAgent> together = byAssignment.computeIfAbsent(assignmentId, id -> new ArrayList<>(size));
        together.add(agent);
        if (together.size() < size) {
            return List.of();
        }
        byAssignment.remove(assignmentId);
        together.sort(Comparator.comparingInt(each -> each.unit().index()));
        return List.copyOf(together);
    }

    /** The agent waits no more; its unit is free for somebody else. */
    synchronized void leave(LiveAgent agent, FreeUnit unit) {
        List<LiveAgent> together = byAssignment.get(unit.assignmentId());
        if (together != null && together.remove(agent) && together.isEmpty()) {
            byAssignment.remove(unit.assignmentId());
        }
        returned.add(unit);
    }

    /** Units that came back and whose partners may be waiting; they are handed out first. */
    Iterable<FreeUnit> returned() {
        return returned;
    }

    /** Takes a unit from {@link #returned}; false when somebody was faster. */
    boolean take(FreeUnit unit) {
        return returned.remove(unit);
    }

    /** Nobody gets a returned unit any more. */
    void clear() {
        returned.clear();
    }
}
