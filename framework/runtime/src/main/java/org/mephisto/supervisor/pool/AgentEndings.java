package org.mephisto.supervisor.pool;

import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.supervisor.pool.UnitPool.FreeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How agents of a run end who do not complete their unit, and what becomes of it. Thread-safe.
 */
final class AgentEndings {
    private static final Logger LOG = LoggerFactory.getLogger(AgentEndings.class);
    /** Agents that are ended at once: enough for a commit, and few enough for the heap. */
    private static final int MOST_ENDING = 512;

    private final RunContext run;
    private final UnitPool units;
    private final Assemblies assemblies;
    private final PageLine line;
    private final Judging judging;
    private final ConcurrentMap<AgentId, LiveAgent> live;
    private volatile boolean closing;

    /** @param live the agents at work, from which those are removed who have ended */
    AgentEndings(
            RunContext run,
            UnitPool units,
            Assemblies assemblies,
            PageLine line,
            Judging judging,
            ConcurrentMap<AgentId, LiveAgent> live) {
        this.run = run;
        this.units = units;
        this.assemblies = assemblies;
        this.line = line;
        this.judging = judging;
        this.live = live;
    }

    /** From now on units that come back are expired and not handed out again. */
    void close() {
        closing = true;
    }

    /**
     * Ends an agent that has not completed; its unit goes to somebody else, or nobody if it was work that had begun together with others.
     * Does nothing when it has ended already.
     */
    void end(LiveAgent agent, AgentStatus status) {
        agent.transition().lock();
        try {
            AgentStatus before = agent.status();
            if (before.isComplete()) {
                return;
            }
            Unit unit = agent.unit();
            boolean isSpent = unit.isSpecial() || (run.taskRunner().isConcurrent() && before != AgentStatus.WAITING);
            UnitStatus next = closing || isSpent ? UnitStatus.EXPIRED : UnitStatus.LAUNCHED;
            boolean released = run.store().inTransaction(tx -> {
                agent.saveUpdates(tx.agents()::saveUpdates);
                return tx.agents().finish(agent.rowId(), before, status, line.now())
                        && tx.units().release(unit.id(), agent.rowId(), next);
            });
            agent.ended(status);
            live.remove(agent.agentId());
            agent.poolWorker().gaveUp();
            if (agent.isJudged()) {
                judging.gone(agent);
            }
            account(agent, released, next);
            run.outbox().sendStatus(agent.id(), status);
        } finally {
            agent.transition().unlock();
        }
    }

    private void account(LiveAgent agent, boolean released, UnitStatus next) {
        Unit unit = agent.unit();
        if (unit.isSpecial()) {
            run.progress().specialUnitExpired();
        } else if (!released) {
            LOG.warn("Unit {} was no longer the ending agent's in the database; it is left as it is there.", unit.id());
            run.progress().unitInWorkExpired();
        } else if (next == UnitStatus.EXPIRED) {
            run.progress().unitInWorkExpired();
            run.provider().expireUnits(List.of(unit.withStatus(next)));
        } else {
            offerAgain(agent, new FreeUnit(unit.id(), unit.assignmentId(), unit.index(), 0));
            run.progress().unitCameBack();
        }
    }

    private void offerAgain(LiveAgent agent, FreeUnit unit) {
        if (run.taskRunner().isConcurrent()) {
            assemblies.leave(agent, unit);
        } else {
            units.add(unit);
        }
    }

    /** Ends an agent whose partner has left: its unit counts as done, and it may still hand in what it has. */
    void leaveAlone(LiveAgent agent) {
        agent.transition().lock();
        try {
            AgentStatus before = agent.status();
            if (before.isComplete()) {
                return;
            }
            run.store().inTransaction(tx -> {
                agent.saveUpdates(tx.agents()::saveUpdates);
                return tx.agents().finish(agent.rowId(), before, AgentStatus.PARTNER_DISCONNECT, line.now())
                        && tx.units().complete(agent.unit().id(), agent.rowId());
            });
            agent.poolWorker().completed();
            agent.leftAlone();
            run.progress().farewellBegun();
            run.progress().unitCompleted(agent.unit(), false);
            run.outbox().sendStatus(agent.id(), AgentStatus.PARTNER_DISCONNECT);
        } finally {
            agent.transition().unlock();
        }
    }

    /** Ends everybody; a virtual thread for each, so that the store can commit many at once. Waits until all have ended. */
    void endAll(AgentStatus status) {
        Semaphore room = new Semaphore(MOST_ENDING);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (LiveAgent agent : live.values()) {
                room.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        end(agent, status);
                    } finally {
                        room.release();
                    }
                });
            }
        }
    }
}
