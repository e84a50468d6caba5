package org.mephisto.refusal;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mephisto.config.bind.NearestName;
import org.mephisto.qualification.KnownNames;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.spi.model.Task;
import org.mephisto.spi.model.Worker;
import org.mephisto.store.Refusal;
import org.mephisto.store.Store;
import org.mephisto.store.Transaction;

/** Explains why a worker got no unit of a task. Thread-safe. */
public final class WhyNot {
    private final Store store;

    public WhyNot(Store store) {
        this.store = store;
    }

    /**
     * All that is known of it.
     *
     * @param refusals in all runs of the task, the latest first
     * @param held the worker's qualifications now
     * @param worked how many of the worker's visits to the task came to each status
     */
    public record Explanation(
            Worker worker,
            String taskName,
            List<Refused> refusals,
            Map<String, Integer> held,
            Map<String, Long> worked) {}

    /**
     * A reason for which the worker was refused.
     *
     * @param count how often
     * @param sentence the rule and the values that it saw the last time
     * @param advice what the requester may do, or what has changed since
     */
    public record Refused(
            long taskRunId,
            FailureReason reason,
            long count,
            Instant lastAt,
            String sentence,
            String advice,
            JsonValue details) {}

    /** @throws MephistoException {@code NOT_FOUND} when there is no such worker or task, with the nearest name */
    public Explanation explain(String workerName, Optional<String> providerType, String taskName) {
        return store.read(tx -> {
            Worker worker = KnownNames.requireWorker(tx, workerName, providerType);
            Task task = tx.tasks().find(taskName).orElseThrow(() -> unknownTask(tx, taskName));
            Map<String, Integer> held = tx.qualifications().listGranted(worker.id());
            List<Refused> refusals = tx.refusals().listByWorker(worker.id(), task.id()).stream()
                    .sorted(Comparator.comparing(Refusal::lastAt).reversed())
                    .map(each -> new Refused(
                            each.taskRunId(),
                            each.reason(),
                            each.count(),
                            each.lastAt(),
                            Rule.sentence(each, worker),
                            Rule.advice(each, worker, held),
                            each.details()))
                    .toList();
            Map<String, Long> worked = new TreeMap<>();
            tx.workers()
                    .history(worker.id(), task.id())
                    .forEach(visit -> worked.merge(visit.agentStatus().word(), 1L, Long::sum));
            return new Explanation(worker, taskName, refusals, held, worked);
        });
    }

    private static MephistoException unknownTask(Transaction tx, String name) {
        List<String> known = tx.tasks().list().stream().map(Task::name).toList();
        return new MephistoException(
                ErrorCode.NOT_FOUND, "There is no task \"" + name + "\"; " + NearestName.hint(name, known));
    }
}
