package org.mephisto.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.blueprint.Verdict;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.spi.model.TaskRun;
import org.mephisto.store.Judgement.Kind;
import org.mephisto.store.OnboardingStore.NewOnboarding;

/** Onboarding agents, judgements, refusals, and qualifications that count. */
interface EligibilityContract extends StoreUnderTest {
    @Test
    default void anOnboardingIsReadAsItWasCreatedAndSubmitsOnce() {
        TaskRun run = run("t");
        NewOnboarding created = newOnboarding(run, worker("ann"), "visit");
        Submission submission = new Submission(JsonValue.of(Map.of("a", "ünï")), List.of(), START.plusMillis(7), false);

        long id = store().inTransaction(tx -> tx.onboardings().create(created));
        OnboardingRow before = store().read(tx -> tx.onboardings().find(id)).orElseThrow();
        boolean first = store().inTransaction(tx -> tx.onboardings().submit(id, submission));
        boolean second = store().inTransaction(tx -> tx.onboardings().submit(id, submission));

        assertThat(before)
                .isEqualTo(new OnboardingRow(
                        id,
                        "secret",
                        created.workerId(),
                        run.id(),
                        "onboarded",
                        "visit",
                        AgentStatus.ONBOARDING,
                        created.initData(),
                        List.of(),
                        Optional.empty(),
                        START,
                        Optional.empty()));
        assertThat(List.of(first, second)).containsExactly(true, false);
        assertThat(store().read(tx -> tx.onboardings().find(id)).orElseThrow().submission())
                .contains(submission);
    }

    @Test
    default void anOnboardingEndsOnceAndIsOpenUntilThen() {
        TaskRun run = run("t");
        long ann = worker("ann");
        long left = onboarding(run, ann, "first");
        long open = onboarding(run, ann, "second");
        long elsewhere = onboarding(run("other"), ann, "third");

        boolean ended = finish(left, AgentStatus.ONBOARDING, AgentStatus.TIMEOUT);
        boolean again = finish(left, AgentStatus.ONBOARDING, AgentStatus.APPROVED);
        boolean waits = store().inTransaction(
                        tx -> tx.onboardings().changeStatus(open, AgentStatus.ONBOARDING, AgentStatus.WAITING));

        assertThat(List.of(ended, again, waits)).containsExactly(true, false, true);
        assertThat(listed(tx -> tx.onboardings().listOpen(run.id())))
                .extracting(OnboardingRow::id)
                .containsExactly(open);
        assertThat(listed(tx -> tx.onboardings().listByWorker(ann, run.id())))
                .extracting(OnboardingRow::id)
                .containsExactly(left, open)
                .doesNotContain(elsewhere);
        assertThat(store().read(tx -> tx.onboardings().find(left)).orElseThrow().taskEnd())
                .contains(START);
    }

    private boolean finish(long id, AgentStatus from, AgentStatus to) {
        return store().inTransaction(tx -> tx.onboardings().finish(id, from, to, START));
    }

    @Test
    default void updatesOfAnOnboardingAreNotThoseOfTheAgentWithTheSameNumber() {
        TaskRun run = run("t");
        long ann = worker("ann");
        long onboarding = onboarding(run, ann, "visit");
        long agent = agent(run, units(run, 1).unitId(0), ann);
        LiveUpdate said = new LiveUpdate("u", true, START, JsonValue.of(Map.of("text", "hello")));

        store().inTransaction(tx -> {
            tx.onboardings().saveUpdates(onboarding, List.of(said));
            tx.agents().saveUpdates(agent, List.of());
            return true;
        });

        assertThat(onboarding).isEqualTo(agent);
        assertThat(store().read(tx -> tx.onboardings().find(onboarding))
                        .orElseThrow()
                        .updates())
                .containsExactly(said);
        assertThat(store().read(tx -> tx.agents().find(agent)).orElseThrow().updates())
                .isEmpty();
    }

    @Test
    default void aJudgementIsOwedFromTheSubmissionUntilItIsMadeAndIsMadeOnce() {
        TaskRun run = run("t");
        long ann = worker("ann");
        long agent = agent(run, units(run, 1).unitId(0), ann);
        Judgement gold = new Judgement(
                agent,
                ann,
                run.id(),
                Kind.GOLD,
                Optional.of("item"),
                Optional.of(JsonValue.of(Map.of("answer", 4))),
                Optional.empty());
        store().inTransaction(tx -> {
            tx.judgements().add(gold, START);
            return true;
        });
        List<Judgement> atWork = listed(tx -> tx.judgements().listOwed(run.id()));
        store().inTransaction(tx -> tx.agents().submit(agent, submission("x"), AgentStatus.COMPLETED));
        List<Judgement> submitted = listed(tx -> tx.judgements().listOwed(run.id()));

        boolean first = judge(agent, Verdict.PASSED);
        boolean second = judge(agent, Verdict.FAILED);

        assertThat(atWork).isEmpty();
        assertThat(submitted).containsExactly(gold);
        assertThat(List.of(first, second)).containsExactly(true, false);
        assertThat(listed(tx -> tx.judgements().listOwed(run.id()))).isEmpty();
        assertThat(listed(tx -> tx.judgements().listByWorker(ann)))
                .extracting(Judgement::outcome)
                .containsExactly(Optional.of(Verdict.PASSED));
    }

    private boolean judge(long agent, Verdict verdict) {
        return store().inTransaction(tx -> tx.judgements().judge(agent, verdict, START));
    }

    @Test
    default void specialUnitsAreCountedByKindAndThoseThatAreGoneApart() {
        TaskRun run = run("t");
        long ann = worker("ann");
        long kept = judged(run, ann, Kind.SCREENING, Optional.of("a"));
        long gone = judged(run, ann, Kind.SCREENING, Optional.of("b"));
        judged(run, ann, Kind.SCREENING, Optional.empty());
        judged(run, ann, Kind.GOLD, Optional.of("c"));
        store().inTransaction(tx -> tx.agents().finish(gone, AgentStatus.IN_TASK, AgentStatus.TIMEOUT, START));

        assertThat(kept).isNotEqualTo(gone);
        assertThat(store().<Long>read(tx -> tx.judgements().countMade(run.id(), Kind.SCREENING)))
                .isEqualTo(2);
        assertThat(store().<Long>read(tx -> tx.judgements().countKept(run.id(), Kind.SCREENING)))
                .isEqualTo(1);
        assertThat(store().<Long>read(tx -> tx.judgements().countMade(run.id(), Kind.GOLD)))
                .isEqualTo(1);
    }

    private long judged(TaskRun run, long worker, Kind kind, Optional<String> item) {
        long agent = agent(run, units(run, 1).unitId(0), worker);
        store().inTransaction(tx -> {
            tx.judgements()
                    .add(new Judgement(agent, worker, run.id(), kind, item, Optional.empty(), Optional.empty()), START);
            return true;
        });
        return agent;
    }

    @Test
    default void refusalsAreCountedByReasonAndKeepTheDetailsOfTheLast() {
        TaskRun first = run("task");
        TaskRun second = run("task");
        TaskRun foreign = run("another");
        long ann = worker("ann");
        refuse(first, ann, FailureReason.NOT_QUALIFIED, 1);
        refuse(first, ann, FailureReason.NOT_QUALIFIED, 2);
        refuse(second, ann, FailureReason.MAX_FOR_TASK, 3);
        refuse(first, worker("bob"), FailureReason.NOT_QUALIFIED, 4);
        refuse(foreign, ann, FailureReason.NO_AVAILABLE_UNITS, 5);

        assertThat(listed(tx -> tx.refusals().listByWorker(ann, first.taskId())))
                .containsExactly(
                        new Refusal(second.id(), ann, FailureReason.MAX_FOR_TASK, 1, START.plusSeconds(3), details(3)),
                        new Refusal(first.id(), ann, FailureReason.NOT_QUALIFIED, 2, START.plusSeconds(2), details(2)));
        assertThat(mapped(tx -> tx.refusals().countByReason(first.id())))
                .isEqualTo(Map.of(FailureReason.NOT_QUALIFIED, 3L));
    }

    private void refuse(TaskRun run, long worker, FailureReason reason, int number) {
        store().inTransaction(tx -> {
            tx.refusals().add(run.id(), worker, reason, details(number), START.plusSeconds(number));
            return true;
        });
    }

    private static JsonValue details(int number) {
        return JsonValue.of(Map.of("rule", "r", "value", number));
    }

    @Test
    default void nobodysIncrementIsLost() throws Exception {
        long ann = worker("ann");
        List<Callable<Boolean>> all = IntStream.range(0, 40)
                .<Callable<Boolean>>mapToObj(i -> () -> store().inTransaction(tx -> {
                    tx.qualifications().increment("count", ann);
                    return true;
                }))
                .toList();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(all);
        }

        assertThat(number(tx -> tx.qualifications().granted("count", ann))).hasValue(40);
    }

    private static NewOnboarding newOnboarding(TaskRun run, long worker, String visit) {
        return new NewOnboarding(
                "secret", worker, run.id(), "onboarded", visit, JsonValue.of(Map.of("question", 1)), START);
    }

    private long onboarding(TaskRun run, long worker, String visit) {
        return store().inTransaction(tx -> tx.onboardings().create(newOnboarding(run, worker, visit)));
    }
}
