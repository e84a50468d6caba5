package org.mephisto.supervisor.pool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.supervisor.pool.AgentDetails.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells workers that they get no unit, and keeps why. Thread-safe; the worker does not wait for that to be stored. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final RunContext run;

    Refusals(RunContext run) {
        this.run = run;
    }

    /** The beginning of the details: which rule it was. */
    static ObjectNode rule(String name) {
        return Json.object().put("rule", name);
    }

    Refused refuse(PoolWorker worker, FailureReason reason, ObjectNode details) {
        return refuse(worker, reason, JsonValue.of(details));
    }

    /** @param details the rule and the values that it saw */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits, and what goes wrong is logged
    Refused refuse(PoolWorker worker, FailureReason reason, JsonValue details) {
        long workerId = worker.worker().id();
        // Written as text here, not on the one thread that writes to the database.
        JsonValue text = JsonValue.ofText(details.text());
        Instant now = run.clock().instant();
        run.progress().refused(reason);
        CompletionStage<Boolean> unused = run.store()
                .submit(tx -> {
                    tx.refusals().add(run.taskRun().id(), workerId, reason, text, now);
                    return true;
                })
                .whenComplete((stored, failure) -> {
                    if (failure != null) {
                        LOG.debug("A refusal for {} could not be stored.", reason, failure);
                    }
                });
        return new Refused(OptionalLong.of(workerId), reason.code(), sentence(reason));
    }

    /** Refuses somebody who has not passed the run's onboarding. */
    Refused refuseNotOnboarded(PoolWorker worker) {
        return refuse(
                worker,
                FailureReason.NOT_QUALIFIED,
                rule("onboarding")
                        .put(
                                "qualification",
                                run.eligibility().onboarding().orElseThrow().qualification())
                        .put("granted", 0));
    }

    /** Refuses somebody of whom nothing is known. */
    Refused refuseUnknown(FailureReason reason) {
        return refuseUnknown(reason, sentence(reason));
    }

    /** @param sentence for this case, where the run has none of its own for the reason */
    Refused refuseUnknown(FailureReason reason, String sentence) {
        run.progress().refused(reason);
        return new Refused(
                OptionalLong.empty(),
                reason.code(),
                run.sharedState().failureTexts().getOrDefault(reason, sentence));
    }

    /** What workers of this run read. */
    String sentence(FailureReason reason) {
        return run.sharedState().failureTexts().getOrDefault(reason, reason.sentence());
    }
}
