package org.mephisto.supervisor.pool;

import java.util.Optional;
import java.util.OptionalLong;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.spi.model.Worker;
import org.mephisto.store.AgentRow;
import org.mephisto.store.OnboardingRow;
import org.mephisto.supervisor.eligibility.Eligibility;
import org.mephisto.supervisor.pool.AgentDetails.Registered;

/**
 * Answers workers who arrive: those who come back to what they have are given it again, all others go through {@link Admission}. A worker's
 * own registrations come one after the other; those of different workers meet only at the unit pool and in the database.
 */
final class Registration {
    private static final int LONGEST_REGISTRATION_ID = 512;

    private final RunContext run;
    private final Eligibility rules;
    private final PoolParts parts;
    private final Refusals refusals;
    private final Admission admission;

    Registration(RunContext run, PoolParts parts) {
        this.run = run;
        this.rules = run.eligibility();
        this.parts = parts;
        this.refusals = parts.refusals();
        this.admission = new Admission(run, parts);
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
        String given = text(providerData, "agent_registration_id");
        if (given.length() > LONGEST_REGISTRATION_ID) {
            throw new MephistoException(
                    ErrorCode.INVALID_INPUT,
                    "The link's visit id is longer than " + LONGEST_REGISTRATION_ID
                            + " characters. Open the task from the place where you found it.");
        }
        return given.isEmpty() ? text(providerData, "assignment_id") + "-" + workerName : given;
    }

    /** Without a tree of it all where the field is a text, as pages send it. */
    private static String text(JsonValue providerData, String field) {
        return providerData
                .string(field)
                .orElseGet(() -> providerData.node().path(field).asText(""));
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
        return reconnect(worker, registrationId).orElseGet(() -> admission.admit(worker, registrationId));
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
            case REJECTED -> Optional.of(refusals.refuseNotOnboarded(worker));
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
                        .<AgentDetails>map(LiveOnboarding::details)
                        .orElseGet(() -> visitEnded(worker, row.status())));
        };
    }

    private AgentDetails visitEnded(PoolWorker worker, AgentStatus status) {
        return refusals.refuse(
                worker, FailureReason.TASK_MISSING, Refusals.rule("visit_ended").put("status", status.word()));
    }
}
