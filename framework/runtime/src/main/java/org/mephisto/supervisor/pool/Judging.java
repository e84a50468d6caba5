package org.mephisto.supervisor.pool;

import java.util.Optional;
import org.mephisto.logging.Logging;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.ExpectedFields;
import org.mephisto.spi.blueprint.SharedTaskState.JudgeUnit;
import org.mephisto.spi.blueprint.Verdict;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.store.AgentRow;
import org.mephisto.store.Judgement;
import org.mephisto.store.Judgement.Kind;
import org.mephisto.store.Transaction;
import org.mephisto.supervisor.eligibility.GoldRule;
import org.mephisto.supervisor.eligibility.GoldRule.Score;
import org.mephisto.supervisor.eligibility.ScreeningRule;
import org.mephisto.supervisor.eligibility.UserCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges workers by their screening and gold units, once these are stored. Thread-safe. The user's function runs without any lock; what
 * comes of it is one transaction with the note that it was judged, so that nothing is counted twice, whoever is killed when.
 */
final class Judging {
    private static final Logger LOG = LoggerFactory.getLogger(Judging.class);

    private final RunContext run;
    private final SpecialUnits specials;
    private final UserCalls calls;
    private final ProviderGrants providerGrants;

    Judging(RunContext run, SpecialUnits specials, UserCalls calls, ProviderGrants providerGrants) {
        this.run = run;
        this.specials = specials;
        this.calls = calls;
        this.providerGrants = providerGrants;
    }

    /** Judges what the agent has submitted, on the calling thread. */
    void judge(LiveAgent agent) {
        agent.poolWorker()
                .gates()
                .pending()
                .filter(each -> each.agentId() == agent.rowId())
                .ifPresent(each -> judge(each, agent.poolWorker(), agent.unit(), agent.state()));
    }

    /** The agent has ended without submitting; there is nothing to judge. */
    void gone(LiveAgent agent) {
        agent.poolWorker().gates().settled(agent.rowId());
        specials.gone(agent.unit());
    }

    /** Tries again what could not be judged when it was submitted, in the background. */
    void judgeOwed(Judgement judgement, PoolWorker worker) {
        run.progress().judgingBegun();
        Thread.ofVirtual().name("judge-" + judgement.agentId()).start(() -> {
            Logging.enterRun(run.taskRun().id());
            try {
                AgentRow row = run.store()
                        .read(tx -> tx.agents().find(judgement.agentId()))
                        .orElseThrow();
                Unit unit =
                        run.store().read(tx -> tx.units().find(row.unitId())).orElseThrow();
                judge(judgement, worker, unit, row.state());
            } finally {
                run.progress().judgingEnded();
            }
        });
    }

    private void judge(Judgement judgement, PoolWorker worker, Unit unit, AgentState state) {
        try {
            Optional<String> granted = settle(judgement, verdict(judgement, unit, state));
            worker.gates().settled(judgement.agentId());
            granted.ifPresent(qualification -> providerGrants.changed(worker.worker(), qualification));
        } catch (MephistoException e) {
            worker.gates().owe();
            LOG.warn(
                    "Unit {} could not be judged; that is tried again when its worker comes back. {}",
                    unit.id(),
                    e.getMessage());
        }
    }

    /** @throws MephistoException when the judge may answer another time */
    private Verdict verdict(Judgement judgement, Unit unit, AgentState state) {
        if (judgement.expect().isPresent()) {
            ExpectedFields expected =
                    new ExpectedFields(judgement.expect().get().node());
            return Verdict.of(state.submission()
                    .map(submission -> expected.areIn(submission.data()))
                    .orElse(false));
        }
        boolean isScreening = judgement.kind() == Kind.SCREENING;
        JudgeUnit judge =
                isScreening ? run.sharedState().screenUnit() : run.sharedState().goldUnit();
        try {
            Unit done = unit.withStatus(UnitStatus.COMPLETED); // also where it was read before it was
            return calls.call(isScreening ? "screen_unit" : "gold_unit", () -> judge.judge(done, state));
        } catch (MephistoException e) {
            if (e.code().isRetryable()) {
                throw e;
            }
            LOG.warn("Unit {} is judged neither right nor wrong. {}", unit.id(), e.getMessage());
            return Verdict.UNDECIDED;
        }
    }

    /** @return what the worker has been granted by it, counts aside */
    private Optional<String> settle(Judgement judgement, Verdict verdict) {
        return switch (judgement.kind()) {
            case SCREENING ->
                settleScreening(
                        judgement, verdict, run.eligibility().screening().orElseThrow());
            case GOLD -> settleGold(judgement, verdict, run.eligibility().gold().orElseThrow());
        };
    }

    private Optional<String> settleScreening(Judgement judgement, Verdict verdict, ScreeningRule rule) {
        Optional<String> outcome = switch (verdict) {
            case PASSED -> Optional.of(rule.passed());
            case FAILED -> Optional.of(rule.blocked());
            case UNDECIDED -> Optional.empty(); // the worker is screened again
        };
        return run.store().inTransaction(tx -> {
            if (!note(tx, judgement, verdict)) {
                return Optional.empty();
            }
            outcome.ifPresent(granted -> tx.qualifications().grant(granted, judgement.workerId(), 1));
            return outcome;
        });
    }

    /** Whether a worker qualifies may be the user's code, which cannot run in a transaction: it is asked before, for the score found then. */
    private Optional<String> settleGold(Judgement judgement, Verdict verdict, GoldRule rule) {
        boolean isSettled = false;
        boolean isOut = false;
        while (!isSettled) {
            Score before = run.store().read(tx -> rule.score(tx.qualifications().listGranted(judgement.workerId())));
            boolean goes = verdict != Verdict.UNDECIDED && !qualifies(rule, before.with(verdict == Verdict.PASSED));
            isOut = goes;
            isSettled = run.store().inTransaction(tx -> {
                if (!rule.score(tx.qualifications().listGranted(judgement.workerId()))
                        .equals(before)) {
                    return false;
                }
                if (note(tx, judgement, verdict)) {
                    count(tx, judgement, verdict, rule);
                    if (goes) {
                        tx.qualifications().grant(rule.disqualified(), judgement.workerId(), 1);
                    }
                }
                return true;
            });
        }
        return isOut ? Optional.of(rule.disqualified()) : Optional.empty();
    }

    private boolean qualifies(GoldRule rule, Score score) {
        try {
            return calls.call("worker_qualifies", () -> rule.qualifies(score));
        } catch (MephistoException e) {
            if (e.code().isRetryable()) {
                throw e;
            }
            LOG.warn("Whether a worker still qualifies could not be told; the worker goes on. {}", e.getMessage());
            return true;
        }
    }

    private static void count(Transaction tx, Judgement judgement, Verdict verdict, GoldRule rule) {
        switch (verdict) {
            case PASSED -> tx.qualifications().increment(rule.correctGolds(), judgement.workerId());
            case FAILED -> tx.qualifications().increment(rule.wrongGolds(), judgement.workerId());
            case UNDECIDED -> {
                // it counts as neither
            }
        }
    }

    private boolean note(Transaction tx, Judgement judgement, Verdict verdict) {
        return tx.judgements().judge(judgement.agentId(), verdict, run.clock().instant());
    }
}
