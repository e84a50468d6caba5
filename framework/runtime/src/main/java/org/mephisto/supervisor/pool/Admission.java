package org.mephisto.supervisor.pool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.mephisto.spi.blueprint.SharedTaskState.WorkerCanDoUnit;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.spi.model.Worker;
import org.mephisto.store.Judgement;
import org.mephisto.store.Judgement.Kind;
import org.mephisto.supervisor.eligibility.Eligibility;
import org.mephisto.supervisor.eligibility.GoldRule;
import org.mephisto.supervisor.eligibility.ScreeningRule;
import org.mephisto.supervisor.eligibility.SpecialItem;
import org.mephisto.supervisor.eligibility.Standing;
import org.mephisto.supervisor.pool.AgentDetails.Registered;
import org.mephisto.supervisor.pool.Placement.StandingChangedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The eligibility chain: what happens, in order, when a worker arrives with a visit that is new.
 *
 * <p>What a worker holds may be changed by anybody at any time, so nobody is given or refused a unit by what was known of it before. Who was
 * clear when last seen is taken to be so still, and the transaction that reserves the unit makes sure: it looks again unless the store knows
 * that nobody's qualifications have changed. For everybody else it is read anew. Every run asks at least that a worker is not blocked.
 */
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final RunContext run;
    private final Eligibility rules;
    private final PoolParts parts;
    private final Refusals refusals;

    Admission(RunContext run, PoolParts parts) {
        this.run = run;
        this.rules = run.eligibility();
        this.parts = parts;
        this.refusals = parts.refusals();
    }

    /** Gives the worker, whose lock the caller holds, what the chain comes to. */
    AgentDetails admit(PoolWorker worker, String registrationId) {
        if (!rules.readsQualifications()) {
            return admit(worker, registrationId, Standing.CLEAR);
        }
        Optional<Candidates.Found<Registered>> tried = tryTheKnown(worker, registrationId);
        Optional<Registered> assigned = tried.flatMap(Candidates.Found::unit);
        if (assigned.isPresent()) {
            return assigned.get();
        }
        while (true) {
            try {
                Standing standing = look(worker);
                return tried.isPresent() && standing.isClear()
                        ? noUnit(worker, tried.get().asked())
                        : admit(worker, registrationId, standing);
            } catch (StandingChangedException e) {
                LOG.trace("What a worker holds has changed meanwhile.");
            }
        }
    }

    /** For somebody who was clear when last seen, and is to get an ordinary unit; any other outcome takes a closer look. */
    private Optional<Candidates.Found<Registered>> tryTheKnown(PoolWorker worker, String registrationId) {
        Standing known = worker.lastStanding();
        if (known == null
                || !known.isClear()
                || isOverLimit(worker)
                || run.settings().isPaused()) {
            return Optional.empty();
        }
        boolean isAsked = run.sharedState().workerCanDoUnit() != WorkerCanDoUnit.ALWAYS;
        if (isAsked || (rules.judges() && worker.gates().pending().isPresent())) {
            // The user's function would be asked for everything twice, were there no unit at first.
            return Optional.empty();
        }
        try {
            return Optional.of(take(worker, registrationId, known));
        } catch (StandingChangedException e) {
            return Optional.empty();
        }
    }

    private boolean isOverLimit(PoolWorker worker) {
        int concurrent = run.task().allowedConcurrent();
        int most = run.task().maximumUnitsPerWorker();
        return (concurrent > 0 && worker.active() >= concurrent) || (most > 0 && worker.counted() >= most);
    }

    private Standing look(PoolWorker worker) {
        Worker row = worker.worker();
        return run.store().read(tx -> {
            Standing standing =
                    rules.standing(row.providerType(), tx.qualifications().listGranted(row.id()));
            worker.stands(standing, tx.qualifications().stamp());
            return standing;
        });
    }

    private AgentDetails admit(PoolWorker worker, String registrationId, Standing standing) {
        if (standing.unmet().isPresent()) {
            return refusals.refuse(
                    worker, FailureReason.NOT_QUALIFIED, standing.unmet().get());
        }
        if (run.settings().isPaused()) {
            return refusals.refuse(worker, FailureReason.PAUSED, Refusals.rule("paused"));
        }
        return overLimit(worker).orElseGet(() -> pass(worker, registrationId, standing));
    }

    private Optional<AgentDetails> overLimit(PoolWorker worker) {
        int concurrent = run.task().allowedConcurrent();
        int active = worker.active();
        if (concurrent > 0 && active >= concurrent) {
            return Optional.of(refusals.refuse(
                    worker, FailureReason.TOO_MANY_CONCURRENT, limit("allowed_concurrent", concurrent, active)));
        }
        int most = run.task().maximumUnitsPerWorker();
        int counted = worker.counted();
        if (most > 0 && counted >= most) {
            return Optional.of(refusals.refuse(
                    worker, FailureReason.MAX_FOR_TASK, limit("maximum_units_per_worker", most, counted)));
        }
        return Optional.empty();
    }

    private static ObjectNode limit(String rule, int limit, int value) {
        return Refusals.rule(rule).put("limit", limit).put("value", value);
    }

    private AgentDetails pass(PoolWorker worker, String registrationId, Standing standing) {
        switch (standing.onboarding()) {
            case FAILED -> {
                return refusals.refuseNotOnboarded(worker);
            }
            case DUE -> {
                return onboard(worker, registrationId);
            }
            case DONE -> {
                // goes on
            }
        }
        if (rules.judges()) {
            Optional<Judgement> pending = worker.gates().pending();
            if (pending.isPresent()) {
                return beingJudged(worker, pending.get());
            }
        }
        if (standing.screeningDue()) {
            return screen(worker, registrationId, standing);
        }
        Standing.Gold need = goldNeed(standing);
        return need == Standing.Gold.NONE
                ? assign(worker, registrationId, standing)
                : withGold(worker, registrationId, standing, need);
    }

    private Standing.Gold goldNeed(Standing standing) {
        return standing.score().isEmpty()
                ? standing.gold()
                : parts.calls()
                        .call(
                                "worker_needs_gold",
                                () -> rules.gold()
                                        .orElseThrow()
                                        .need(standing.score().get()));
    }

    private AgentDetails onboard(PoolWorker worker, String registrationId) {
        Optional<LiveOnboarding> open = worker.gates().open();
        if (open.isPresent()) {
            worker.gates().remember(registrationId, open.get().rowId());
            return open.get().details();
        }
        return noCandidate(worker)
                .orElseGet(
                        () -> parts.onboardings().begin(worker, registrationId).details());
    }

    private AgentDetails beingJudged(PoolWorker worker, Judgement pending) {
        worker.gates().takeOwed().ifPresent(owed -> parts.judging().judgeOwed(owed, worker));
        return refusals.refuse(
                worker,
                FailureReason.BEING_JUDGED,
                Refusals.rule(pending.kind() == Kind.SCREENING ? "screen_unit" : "gold_unit"));
    }

    private AgentDetails screen(PoolWorker worker, String registrationId, Standing standing) {
        ScreeningRule rule = rules.screening().orElseThrow();
        if (rule.items().isEmpty()) {
            return assign(worker, registrationId, standing);
        }
        Optional<AgentDetails> refused = noCandidate(worker);
        if (refused.isPresent()) {
            return refused.get();
        }
        return parts.specials()
                .takeScreening(rule)
                .map(item -> special(worker, registrationId, Kind.SCREENING, item))
                .orElseGet(() -> refusals.refuse(
                        worker,
                        FailureReason.NO_AVAILABLE_UNITS,
                        Refusals.rule("max_screening_units").put("limit", rule.most())));
    }

    private AgentDetails withGold(PoolWorker worker, String registrationId, Standing standing, Standing.Gold need) {
        GoldRule rule = rules.gold().orElseThrow();
        Optional<AgentDetails> refused = noCandidate(worker);
        if (refused.isPresent()) {
            return refused.get();
        }
        Optional<SpecialItem> item = parts.specials().takeGold(rule, worker.gates());
        if (item.isPresent()) {
            return special(worker, registrationId, Kind.GOLD, item.get());
        }
        return need == Standing.Gold.WANTED
                ? assign(worker, registrationId, standing)
                : refusals.refuse(
                        worker,
                        FailureReason.NO_AVAILABLE_UNITS,
                        Refusals.rule("min_golds").put("min_golds", rule.minGolds()));
    }

    private AgentDetails special(PoolWorker worker, String registrationId, Kind kind, SpecialItem item) {
        boolean made = false;
        try {
            AgentDetails details = parts.placement().beginSpecial(worker, registrationId, kind, item);
            made = true;
            return details;
        } finally {
            if (!made) {
                parts.specials().notMade(kind);
            }
        }
    }

    /** A refusal, unless a unit is free for the worker; none is taken. */
    private Optional<AgentDetails> noCandidate(PoolWorker worker) {
        Candidates.Found<?> found = parts.candidates().peek(worker);
        return found.unit().isPresent() ? Optional.empty() : Optional.of(noUnit(worker, found.asked()));
    }

    private AgentDetails assign(PoolWorker worker, String registrationId, Standing standing) {
        Candidates.Found<Registered> found = take(worker, registrationId, standing);
        return found.unit().isPresent() ? found.unit().get() : noUnit(worker, found.asked());
    }

    private Candidates.Found<Registered> take(PoolWorker worker, String registrationId, Standing standing) {
        return parts.candidates().take(worker, unit -> parts.placement().begin(worker, registrationId, unit, standing));
    }

    private AgentDetails noUnit(PoolWorker worker, int asked) {
        ObjectNode details = asked == 0
                ? Refusals.rule("no_free_unit")
                : Refusals.rule("worker_can_do_unit").put("asked", asked);
        return refusals.refuse(worker, FailureReason.NO_AVAILABLE_UNITS, details);
    }
}
