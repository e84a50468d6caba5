package org.mephisto.supervisor.pool;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.spi.model.Worker;
import org.mephisto.store.Judgement;
import org.mephisto.store.Judgement.Kind;
import org.mephisto.store.Transaction;
import org.mephisto.store.WorkerStore.Found;
import org.mephisto.store.WorkerStore.WorkedUnit;
import org.mephisto.supervisor.eligibility.Standing;

/** The workers who have come to this run, by the provider's name for them. Thread-safe. */
final class Workers {
    private final RunContext run;
    private final ConcurrentMap<String, PoolWorker> byName = new ConcurrentHashMap<>();

    Workers(RunContext run) {
        this.run = run;
    }

    /** The worker of this name, not necessarily loaded. */
    PoolWorker get(String name) {
        return byName.computeIfAbsent(name, PoolWorker::new);
    }

    /** Fills in what the database knows, and makes the row where there is none. The caller holds the worker's lock. */
    void load(PoolWorker worker) {
        if (worker.isLoaded()) {
            return;
        }
        Known known = run.store().inTransaction(tx -> {
            Found found =
                    tx.workers().findOrCreate(worker.name, run.taskRun().types().provider());
            List<WorkedUnit> history = found.isNew()
                    ? List.of()
                    : tx.workers().history(found.worker().id(), run.taskRun().taskId());
            return new Known(
                    found.worker(),
                    history,
                    gates(tx, found),
                    standing(tx, found),
                    tx.qualifications().stamp());
        });
        for (WorkedUnit past : known.history()) {
            boolean ofThisRun = past.taskRunId() == run.taskRun().id();
            if (ofThisRun) {
                worker.remember(past.registrationId(), past.agentId(), past.assignmentId());
            }
            if (ofThisRun && !past.agentStatus().isComplete()) {
                worker.began();
            } else if (countsForGood(past)) {
                worker.countedBefore();
            }
        }
        known.gates().ifPresent(worker::loaded);
        worker.stands(known.standing(), known.stamp());
        worker.loaded(known.worker());
    }

    private record Known(
            Worker worker, List<WorkedUnit> history, Optional<WorkerGates> gates, Standing standing, long stamp) {}

    private Standing standing(Transaction tx, Found found) {
        Map<String, Integer> granted = found.isNew() || !run.eligibility().readsQualifications()
                ? Map.of()
                : tx.qualifications().listGranted(found.worker().id());
        return run.eligibility().standing(found.worker().providerType(), granted);
    }

    private Optional<WorkerGates> gates(Transaction tx, Found found) {
        if (!run.eligibility().isGated()) {
            return Optional.empty();
        }
        WorkerGates gates = new WorkerGates();
        if (!found.isNew()) {
            long workerId = found.worker().id();
            long runId = run.taskRun().id();
            if (run.eligibility().onboarding().isPresent()) {
                tx.onboardings()
                        .listByWorker(workerId, runId)
                        .forEach(row -> gates.remember(row.registrationId(), row.id()));
            }
            if (run.eligibility().judges()) {
                tx.judgements().listByWorker(workerId).forEach(judgement -> recall(tx, judgement, gates));
            }
        }
        return Optional.of(gates);
    }

    private void recall(Transaction tx, Judgement judgement, WorkerGates gates) {
        if (judgement.kind() == Kind.GOLD) {
            judgement.itemKey().ifPresent(gates::sawGold);
        }
        boolean mayBePending = judgement.outcome().isEmpty()
                && judgement.taskRunId() == run.taskRun().id();
        if (mayBePending
                && tx.agents()
                        .find(judgement.agentId())
                        .filter(row -> !row.status().isGone())
                        .isPresent()) {
            gates.judgedBy(judgement);
        }
    }

    private static boolean countsForGood(WorkedUnit past) {
        return past.agentStatus().unitStatus().map(Workers::countsForGood).orElse(false);
    }

    private static boolean countsForGood(UnitStatus status) {
        return status == UnitStatus.COMPLETED || status.isReviewed();
    }
}
