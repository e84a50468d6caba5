package org.mephisto.supervisor.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.store.OnboardingRow;
import org.mephisto.store.OnboardingStore.NewOnboarding;
import org.mephisto.supervisor.eligibility.OnboardingRule;
import org.mephisto.supervisor.eligibility.UserCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of a run who are being tried out: begins and ends that, takes what they submit, and has it judged. Thread-safe. An onboarding
 * agent is here until it is decided or gone. One that has submitted is not ended by anything but the judgement: it stays, in the database
 * even beyond the end of this process, until somebody can judge it.
 */
final class Onboardings implements LiveOnboarding.OnboardingEvents, OnboardingCode.Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Onboardings.class);

    private final RunContext run;
    private final PageLine line;
    private final UserCalls calls;
    private final ProviderGrants providerGrants;
    private final Deadlines deadlines;
    private final ConcurrentMap<AgentId, LiveOnboarding> live = new ConcurrentHashMap<>();

    Onboardings(RunContext run, PageLine line, UserCalls calls, ProviderGrants providerGrants) {
        this.run = run;
        this.line = line;
        this.calls = calls;
        this.providerGrants = providerGrants;
        this.deadlines = new Deadlines(run.clock());
        if (run.eligibility().onboarding().isPresent()) {
            deadlines.start(run.taskRun().id());
        }
    }

    private OnboardingRule rule() {
        return run.eligibility().onboarding().orElseThrow();
    }

    /** The live onboarding agent, if the id's secret is its own. */
    Optional<LiveOnboarding> findLive(AgentId id) {
        return Optional.ofNullable(live.get(id));
    }

    /** The onboarding agent's row, if it is of this run and the id's secret is its own. */
    Optional<OnboardingRow> findRow(AgentId id) {
        return run.store()
                .read(tx -> tx.onboardings().find(id.rowId()))
                .filter(row ->
                        row.taskRunId() == run.taskRun().id() && AgentId.of(row).equals(id));
    }

    /** Begins to try the worker out. The caller holds the worker's lock. */
    LiveOnboarding begin(PoolWorker worker, String registrationId) {
        Instant now = line.now();
        String secret = AgentId.newSecret();
        JsonValue data = run.sharedState().onboardingData();
        NewOnboarding row = new NewOnboarding(
                secret,
                worker.worker().id(),
                run.taskRun().id(),
                rule().qualification(),
                registrationId,
                JsonValue.ofText(data.text()),
                now);
        long id = run.store().inTransaction(tx -> tx.onboardings().create(row));
        LiveOnboarding agent = new LiveOnboarding(
                AgentId.ofOnboarding(id, secret), worker, AgentStatus.ONBOARDING, registrationId, data, this);
        worker.gates().remember(registrationId, id);
        add(agent, now);
        startCode(agent);
        return agent;
    }

    /** Gives an onboarding agent that an earlier process had begun its place back. */
    void resume(OnboardingRow row, PoolWorker worker) {
        LiveOnboarding agent =
                new LiveOnboarding(AgentId.of(row), worker, row.status(), row.registrationId(), row.initData(), this);
        row.submission().ifPresent(submission -> agent.submitted(submission, row.status()));
        if (run.taskRunner().isLive()) {
            agent.inbox().replay();
        }
        add(agent, row.taskStart());
        if (row.submission().isEmpty()) {
            startCode(agent);
        }
    }

    private void add(LiveOnboarding agent, Instant begun) {
        live.put(agent.agentId(), agent);
        agent.poolWorker().gates().opened(agent);
        agent.mustSubmitBy(
                begun.toEpochMilli() + TimeUnit.SECONDS.toMillis(run.task().assignmentDurationInSeconds()));
        deadlines.add(agent);
    }

    private void startCode(LiveOnboarding agent) {
        if (run.taskRunner().isLive()) {
            run.codeThreads().start("onboarding-" + agent.rowId(), new OnboardingCode(run, agent, this));
        }
    }

    /** Stores what the agent's page has submitted; the first counts. Nothing, when the agent is gone. */
    void submit(LiveOnboarding agent, JsonValue data) {
        agent.transition().lock();
        try {
            if (agent.status().isComplete() || agent.findSubmission().isPresent()) {
                return;
            }
            Submission submission = new Submission(agent.judgedData(data), List.of(), line.now(), false);
            boolean stored = run.store().inTransaction(tx -> {
                agent.saveUpdates(tx.onboardings()::saveUpdates);
                return tx.onboardings().submit(agent.rowId(), submission);
            });
            if (stored) {
                agent.submitted(submission, agent.status());
            }
        } finally {
            agent.transition().unlock();
        }
    }

    /**
     * Decides what the agent has submitted, unless that is decided or the agent is gone. Who asks while it is being judged waits.
     *
     * @return false when the judge could not be asked; everything is as before then
     */
    boolean judge(LiveOnboarding agent) {
        agent.judging.lock();
        try {
            Optional<Submission> submission = agent.findSubmission();
            if (agent.status().isComplete() || submission.isEmpty()) {
                return true;
            }
            boolean passed = calls.call(
                    "validate_onboarding",
                    () -> run.sharedState()
                            .validateOnboarding()
                            .test(submission.get().data()));
            settle(agent, passed);
            return true;
        } catch (MephistoException e) {
            if (e.code().isRetryable()) {
                LOG.warn(
                        "Onboarding {} could not be judged; that is tried again when its worker comes back. {}",
                        agent.rowId(),
                        e.getMessage());
                return false;
            }
            LOG.warn("Onboarding {} could not be judged: it is not passed. {}", agent.rowId(), e.getMessage());
            settle(agent, false);
            return true;
        } finally {
            agent.judging.unlock();
        }
    }

    private void settle(LiveOnboarding agent, boolean passed) {
        AgentStatus outcome = passed ? AgentStatus.APPROVED : AgentStatus.REJECTED;
        long workerId = agent.worker().id();
        agent.transition().lock();
        try {
            run.store().inTransaction(tx -> {
                agent.saveUpdates(tx.onboardings()::saveUpdates);
                tx.onboardings().finish(agent.rowId(), agent.status(), outcome, line.now());
                tx.qualifications().grant(rule().qualification(), workerId, passed ? 1 : 0);
                if (!passed) {
                    tx.qualifications().grant(rule().failed(), workerId, 0);
                }
                return true;
            });
            close(agent, outcome);
        } finally {
            agent.transition().unlock();
        }
        providerGrants.changed(agent.worker(), rule().qualification());
        if (!passed) {
            providerGrants.changed(agent.worker(), rule().failed());
        }
    }

    private void close(LiveOnboarding agent, AgentStatus status) {
        agent.ended(status);
        agent.poolWorker().gates().closed(agent);
        live.remove(agent.agentId());
        run.outbox().sendStatus(agent.id(), status);
    }

    /** Ends an agent that has not submitted. Does nothing when it has, or has ended already. */
    private void end(LiveOnboarding agent, AgentStatus status) {
        agent.transition().lock();
        try {
            AgentStatus before = agent.status();
            if (before.isComplete() || agent.findSubmission().isPresent()) {
                return;
            }
            run.store().inTransaction(tx -> {
                agent.saveUpdates(tx.onboardings()::saveUpdates);
                return tx.onboardings().finish(agent.rowId(), before, status, line.now());
            });
            close(agent, status);
        } finally {
            agent.transition().unlock();
        }
    }

    @Override
    public PageLine line() {
        return line;
    }

    @Override
    public void timedOut(LiveOnboarding agent) {
        end(agent, AgentStatus.TIMEOUT);
        if (agent.status() == AgentStatus.TIMEOUT) {
            LOG.info("Onboarding {}: the worker has run out of time.", agent.rowId());
        }
    }

    @Override
    public AgentState stateOf(LiveOnboarding agent) {
        OnboardingRow row =
                run.store().read(tx -> tx.onboardings().find(agent.rowId())).orElseThrow();
        return agent.complete(row.state());
    }

    @Override
    public Duration codeIsThrough(LiveOnboarding agent) {
        agent.transition().lock();
        try {
            AgentStatus before = agent.status();
            if (!before.isComplete() && agent.findSubmission().isEmpty()) {
                if (before == AgentStatus.ONBOARDING) {
                    run.store()
                            .inTransaction(
                                    tx -> tx.onboardings().changeStatus(agent.rowId(), before, AgentStatus.WAITING));
                    agent.codeIsThrough();
                }
                run.outbox().sendStatus(agent.id(), AgentStatus.WAITING);
            }
        } finally {
            agent.transition().unlock();
        }
        return Duration.ofSeconds(run.task().submissionTimeout());
    }

    /** {@link PageLine#announce} for all who are here. */
    void announce() {
        live.values().forEach(line::announce);
    }

    void pageSilent(LiveOnboarding agent) {
        if (run.taskRunner().isLive()) {
            end(agent, AgentStatus.DISCONNECT);
        }
    }

    /** Ends everybody who has not submitted; a virtual thread for each, so that the store can commit many at once. */
    void endAll(AgentStatus status) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (LiveOnboarding agent : live.values()) {
                threads.execute(() -> end(agent, status));
            }
        }
        deadlines.close();
    }
}
