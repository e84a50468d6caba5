package org.mephisto.supervisor.pool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalLong;
import org.mephisto.spi.blueprint.SharedTaskState.WorkerCanDoUnit;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.spi.model.Worker;
import org.mephisto.store.AgentRow;
import org.mephisto.store.Judgement;
import org.mephisto.store.Judgement.Kind;
import org.mephisto.store.OnboardingRow;
import org.mephisto.supervisor.eligibility.Eligibility;
import org.mephisto.supervisor.eligibility.GoldRule;
import org.mephisto.supervisor.eligibility.OnboardingRule;
import org.mephisto.supervisor.eligibility.ScreeningRule;
import org.mephisto.supervisor.eligibility.SpecialItem;
import org.mephisto.supervisor.eligibility.Standing;
import org.mephisto.supervisor.pool.AgentDetails.Registered;
import org.mephisto.supervisor.pool.Placement.StandingChangedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The eligibility chain: what happens, in order, when a worker arrives. A worker's own registrations come one after the other; those of
 * different workers meet only at the unit pool and in the database.
 *
 * <p>What a worker holds may be changed by anybody at any time, so nobody is given or refused a unit by what was known of it before. Who was
 * clear when last seen is taken to be so still, and the transaction that reserves the unit looks whether it is true: one look, where there
 * is a transaction anyway. For everybody else it is read anew. Every run asks at
 * least that a worker is not blocked.
 */
final class Registration {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
    private static final int LONGEST_REGISTRATION_ID = 512;

    private final RunContext run;
    private final Eligibility rules;
    private final PoolParts parts;
    private final Refusals refusals;

    Registration(RunContext run, PoolParts parts) {
        this.run = run;
        this.rules = run.eligibility();
        this.parts = parts;
        this.refusals = parts.refusals();
    }

    /** @param providerData what the page and its provider script sent */
    AgentDetails registerAgent(JsonValue providerData) {
        PoolWorker worker;
        String registrationId;
        try {
            worker = parts.workers().get(run.provider().workerName(providerData));
            registrationId = registrationId(providerData, worker.name);
        } catch (MephistoException e) {
            return refusals.refuseUnknown(FailureReason.INVALID_VISIT, e.getMessage());
        }
        Optional<LiveOnboarding> unjudged = Optional.empty();
        worker.lock.lock();
        try {
            parts.workers().load(worker);
            unjudged = rules.onboarding().isEmpty()
                    ? Optional.empty()
                    : worker.gates()
                            .open()
                            .filter(agent -> agent.findSubmission().isPresent());
            if (unjudged.isEmpty()) {
                return answer(worker, registrationId);
            }
        } finally {
            worker.lock.unlock();
        }
        return judge(unjudged.get(), registrationId);
    }

    private static String registrationId(JsonValue providerData, String workerName) {
        String given = providerData.node().path("agent_registration_id").asText("");
        if (given.length() > LONGEST_REGISTRATION_ID) {
            throw new MephistoException(
                    ErrorCode.INVALID_INPUT,
                    "The link's visit id is longer than " + LONGEST_REGISTRATION_ID
                            + " characters. Open the task from the place where you found it.");
        }
        return given.isEmpty() ? providerData.node().path("assignment_id").asText("") + "-" + workerName : given;
    }

    /** Takes in a worker's onboarding and answers with what comes next. The same again is answered the same. */
    AgentDetails submitOnboarding(String wireId, JsonValue data) {
        Optional<AgentId> id = AgentId.parse(wireId).filter(AgentId::isOnboarding);
        Optional<LiveOnboarding> live = id.flatMap(parts.onboardings()::findLive);
        if (live.isPresent()) {
            parts.onboardings().submit(live.get(), data);
            return judge(live.get(), live.get().registrationId());
        }
        Optional<OnboardingRow> row = id.flatMap(parts.onboardings()::findRow);
        if (row.isEmpty()) {
            return refusals.refuseUnknown(FailureReason.TASK_MISSING);
        }
        Worker known =
                run.store().read(tx -> tx.workers().find(row.get().workerId())).orElseThrow();
        return answerInTurn(parts.workers().get(known.name()), row.get().registrationId());
    }

    private AgentDetails judge(LiveOnboarding agent, String registrationId) {
        return parts.onboardings().judge(agent)
                ? answerInTurn(agent.poolWorker(), registrationId)
                : refusals.refuse(
                        agent.poolWorker(), FailureReason.ONBOARDING_NOT_JUDGED, Refusals.rule("validate_onboarding"));
    }

    private AgentDetails answerInTurn(PoolWorker worker, String registrationId) {
        worker.lock.lock();
        try {
            parts.workers().load(worker);
            return answer(worker, registrationId);
        } finally {
            worker.lock.unlock();
        }
    }

    private AgentDetails answer(PoolWorker worker, String registrationId) {
        return reconnect(worker, registrationId).orElseGet(() -> admit(worker, registrationId));
    }

    private Optional<AgentDetails> reconnect(PoolWorker worker, String registrationId) {
        OptionalLong probable = worker.probableAgentOf(registrationId);
        Optional<AgentRow> found = probable.isEmpty()
                ? Optional.empty()
                : run.store()
                        .read(tx -> tx.agents().find(probable.getAsLong()))
                        .filter(row -> row.registrationId().equals(registrationId));
        if (found.isEmpty()) {
            return rules.onboarding().isEmpty()
                    ? Optional.empty()
                    : worker.gates().onboardingOf(registrationId).flatMap(id -> reconnectOnboarding(worker, id));
        }
        AgentRow row = found.get();
        if (parts.agents().findLive(AgentId.of(row)).isPresent()
                || (row.submission().isPresent() && !row.status().isGone())) {
            JsonValue initData = run.taskRunner().isLive() ? parts.agents().initDataOnReturn(row) : row.initData();
            return Optional.of(new Registered(row.workerId(), AgentId.of(row).wire(), initData, row.status()));
        }
        return Optional.of(visitEnded(worker, row.status()));
    }

    private Optional<AgentDetails> reconnectOnboarding(PoolWorker worker, long id) {
        OnboardingRow row = run.store().read(tx -> tx.onboardings().find(id)).orElseThrow();
        return switch (row.status()) {
            case APPROVED -> Optional.empty();
            case REJECTED -> Optional.of(notOnboarded(worker, rules.onboarding().orElseThrow()));
            case NONE,
                    ACCEPTED,
                    ONBOARDING,
                    WAITING,
                    IN_TASK,
                    COMPLETED,
                    DISCONNECT,
                    TIMEOUT,
                    PARTNER_DISCONNECT,
                    EXPIRED,
                    RETURNED,
                    SOFT_REJECTED ->
                Optional.of(parts.onboardings()
                        .findLive(AgentId.of(row))
                        .<AgentDetails>map(Registration::registered)
                        .orElseGet(() -> visitEnded(worker, row.status())));
        };
    }

    private AgentDetails visitEnded(PoolWorker worker, AgentStatus status) {
        return refusals.refuse(
                worker, FailureReason.TASK_MISSING, Refusals.rule("visit_ended").put("status", status.word()));
    }

    private AgentDetails notOnboarded(PoolWorker worker, OnboardingRule rule) {
        return refusals.refuse(
                worker,
                FailureReason.NOT_QUALIFIED,
                Refusals.rule("onboarding")
                        .put("qualification", rule.qualification())
                        .put("granted", 0));
    }

    private static AgentDetails registered(LiveOnboarding agent) {
        return new Registered(agent.worker().id(), agent.id(), agent.initData(), agent.status());
    }

    /** The chain, for a visit that is new. */
    private AgentDetails admit(PoolWorker worker, String registrationId) {
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
        Standing standing = rules.standing(
                row.providerType(), run.store().read(tx -> tx.qualifications().listGranted(row.id())));
        worker.stands(standing);
        return standing;
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
                return notOnboarded(worker, rules.onboarding().orElseThrow());
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
            return registered(open.get());
        }
        return noCandidate(worker)
                .orElseGet(() -> registered(parts.onboardings().begin(worker, registrationId)));
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
