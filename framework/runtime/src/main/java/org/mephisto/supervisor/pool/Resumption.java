package org.mephisto.supervisor.pool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.spi.model.Worker;
import org.mephisto.store.AgentRow;
import org.mephisto.store.NewUnits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up a run that an earlier process left: units that were expired or free are handed out again, agents that were at work get their
 * place back, with the same ids and the time that is left to them. Used once, before any worker can come.
 */
final class Resumption {
    private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);
    private static final int PAGE = 10_000;

    private final RunContext run;
    private final UnitPool units;
    private final PoolParts parts;
    private final Workers workers;
    private final Agents agents;

    Resumption(RunContext run, UnitPool units, PoolParts parts) {
        this.run = run;
        this.units = units;
        this.parts = parts;
        this.workers = parts.workers();
        this.agents = parts.agents();
    }

    void resume() {
        long id = run.taskRun().id();
        Map<UnitStatus, Long> counts = run.store().inTransaction(tx -> {
            if (run.taskRunner().isConcurrent()) {
                tx.units().relaunchExpiredTogether(id);
            } else {
                tx.units().relaunchExpired(id);
            }
            return tx.units().countByStatus(id);
        });
        long launched = counts.getOrDefault(UnitStatus.LAUNCHED, 0L);
        long created = counts.getOrDefault(UnitStatus.CREATED, 0L);
        long assigned = counts.getOrDefault(UnitStatus.ASSIGNED, 0L);
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        Map<FailureReason, Long> refused = run.store().read(tx -> tx.refusals().countByReason(id));
        run.progress().resumed(all, launched + assigned, all - launched - created - assigned, refused);
        addFree();
        int atWork = resumeAgents();
        if (run.eligibility().onboarding().isPresent()) {
            run.store()
                    .read(tx -> tx.onboardings().listOpen(id))
                    .forEach(row -> parts.onboardings().resume(row, load(row.workerId())));
        }
        if (run.eligibility().judges()) {
            parts.specials().resume();
            run.store()
                    .read(tx -> tx.judgements().listOwed(id))
                    .forEach(judgement -> parts.judging().judgeOwed(judgement, load(judgement.workerId())));
        }
        LOG.info(
                "Taken up again: {} units are done, {} free, {} in work.",
                all - launched - created - assigned,
                launched,
                atWork);
    }

    private void addFree() {
        long last = 0;
        while (true) {
            long after = last;
            NewUnits page = run.store()
                    .read(tx -> tx.units().listByStatus(run.taskRun().id(), UnitStatus.LAUNCHED, after, PAGE));
            if (page.size() == 0) {
                return;
            }
            units.add(page);
            last = page.unitId(page.size() - 1);
        }
    }

    private int resumeAgents() {
        Map<Long, List<LiveAgent>> atWork = new LinkedHashMap<>();
        int count = 0;
        for (AgentRow row :
                run.store().read(tx -> tx.agents().listOpen(run.taskRun().id()))) {
            Unit unit = run.store().read(tx -> tx.units().find(row.unitId())).orElseThrow();
            PoolWorker poolWorker = load(row.workerId());
            LiveAgent agent = agents.resume(AgentId.of(row), poolWorker, unit, row.status(), row.taskStart());
            if (row.status() == AgentStatus.IN_TASK) {
                long together = run.taskRunner().isConcurrent() ? unit.assignmentId() : -unit.id();
                atWork.computeIfAbsent(together, each -> new ArrayList<>()).add(agent);
            }
            count++;
        }
        if (run.taskRunner().isConcurrent() && run.taskRunner().isLive() && !atWork.isEmpty()) {
            addFormerPartners(atWork);
        }
        atWork.values().forEach(agents::resumeCode);
        return count;
    }

    /** The code is run again for all with whom it began: it finds out once more that some of them are done or gone. */
    private void addFormerPartners(Map<Long, List<LiveAgent>> atWork) {
        for (AgentRow row : run.store()
                .read(tx -> tx.agents().listFormerPartners(run.taskRun().id()))) {
            Unit unit = run.store().read(tx -> tx.units().find(row.unitId())).orElseThrow();
            List<LiveAgent> together = atWork.get(unit.assignmentId());
            if (together != null) {
                together.add(agents.remember(row, load(row.workerId()), unit));
            }
        }
    }

    private PoolWorker load(long workerId) {
        Worker worker = run.store().read(tx -> tx.workers().find(workerId)).orElseThrow();
        PoolWorker poolWorker = workers.get(worker.name());
        poolWorker.lock.lock();
        try {
            workers.load(poolWorker);
        } finally {
            poolWorker.lock.unlock();
        }
        return poolWorker;
    }
}
