package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mephisto.testkit.Gates.RIGHT;
import static org.mephisto.testkit.Gates.WRONG;
import static org.mephisto.testkit.Gates.counting;
import static org.mephisto.testkit.Gates.gold;
import static org.mephisto.testkit.Gates.granted;
import static org.mephisto.testkit.Gates.kindOf;
import static org.mephisto.testkit.Gates.onboarding;
import static org.mephisto.testkit.Gates.registerOnceJudged;
import static org.mephisto.testkit.Gates.screening;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.operator.RunEnd;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.blueprint.Verdict;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.store.Refusal;

/** Onboarding, screening and gold units in real runs; what each visit gets is in {@link EligibilityTableTest}. */
final class EligibilityRunTest {
    @Test
    void everyQualificationThatARunNamesIsThereFromItsLaunch() throws Exception {
        try (TestRun run = gold(onboarding(counting(1))).start()) {
            List<String> names = run.store().read(tx -> tx.qualifications().list());

            assertThat(names)
                    .contains(
                            "onboarded",
                            "onboarded-failed",
                            "g-correct-golds",
                            "g-wrong-golds",
                            "g-disqualified",
                            "g-completed-count");
        }
    }

    @Test
    void aBlockQualificationWithoutANameIsNone() throws Exception {
        try (TestRun run =
                counting(1).blueprintOption("block_qualification", " ").start()) {
            List<String> names = run.store().read(tx -> tx.qualifications().list());

            assertThat(names).doesNotContain(" ", "");
        }
    }

    @Test
    void theOnboardingPageGetsItsDataAndBothVisitsOfAWorkerAreOneOnboarding() throws Exception {
        try (TestRun run = onboarding(counting(3)).start()) {
            SimulatedAgent first = run.worker("ann").register("a");
            SimulatedAgent reloaded = run.worker("ann").register("a");
            SimulatedAgent elsewhere = run.worker("ann").register("b");

            assertThat(first.initTaskData()).isEqualTo(Json.parse("{\"question\": \"2 + 2\"}"));
            assertThat(reloaded.agentId()).isEqualTo(first.agentId());
            assertThat(elsewhere.agentId()).isEqualTo(first.agentId());
        }
    }

    @Test
    void whoeverPassesIsGrantedTheQualificationAndWhoeverDoesNotIsMarkedTwice() throws Exception {
        try (TestRun run = onboarding(counting(3)).start()) {
            run.worker("ann").register().submitOnboarding(RIGHT);
            run.worker("bob").register().submitOnboarding(WRONG);

            assertThat(granted(run, "ann")).isEqualTo(Map.of("onboarded", 1));
            assertThat(granted(run, "bob")).isEqualTo(Map.of("onboarded", 0, "onboarded-failed", 0));
        }
    }

    @Test
    void aVisitWhoseOnboardingPassedWhenNoUnitWasFreeGoesOnWhenOneIs() throws Exception {
        try (TestRun run = onboarding(counting(1))
                .taskOption("assignment_duration_in_seconds", 1)
                .start()) {
            SimulatedAgent ann = run.worker("ann").register("a");
            run.worker("bob").register().submitOnboarding(RIGHT);
            SimulatedAgent refused = ann.submitOnboarding(RIGHT);

            SimulatedAgent again = run.worker("ann").register("a");
            while (!again.hasUnit()) {
                again = run.worker("ann").register("a");
            }

            assertThat(refused.failureCode()).contains("NO_AVAILABLE_UNITS");
            assertThat(kindOf(again)).isEqualTo("a unit");
        }
    }

    @Test
    void anOnboardingThatRanOutOfTimeHasEndedAndANewVisitBeginsAnother() throws Exception {
        try (TestRun run = onboarding(counting(1))
                .taskOption("assignment_duration_in_seconds", 1)
                .start()) {
            SimulatedAgent first = run.worker("ann").register("a");
            SimulatedAgent same = first;
            while (same.hasUnit()) {
                same = run.worker("ann").register("a");
            }

            SimulatedAgent late = first.submitOnboarding(RIGHT);
            SimulatedAgent fresh = run.worker("ann").register("b");

            assertThat(same.failureCode()).contains("TASK_MISSING");
            assertThat(late.failureCode()).contains("TASK_MISSING");
            assertThat(fresh.isOnboarding()).isTrue();
            assertThat(fresh.agentId()).isNotEqualTo(first.agentId());
        }
    }

    @Test
    void anOnboardingThatNobodyCouldJudgeIsKeptAndJudgedAtTheNextVisit() throws Exception {
        AtomicBoolean isAway = new AtomicBoolean(true);
        SharedTaskState state = SharedTaskState.builder()
                .validateOnboarding(data -> {
                    if (isAway.get()) {
                        throw new MephistoException(ErrorCode.UNAVAILABLE, "The judge is away.");
                    }
                    return data.node().path("answer").asInt() == 4;
                })
                .build();
        try (TestRun run = counting(3)
                .blueprintOption("onboarding_qualification", "onboarded")
                .sharedState(state)
                .start()) {
            SimulatedAgent refused = run.worker("ann").register("a").submitOnboarding(RIGHT);
            isAway.set(false);

            SimulatedAgent judged = run.worker("ann").register("a");

            assertThat(refused.failureReason()).contains(FailureReason.ONBOARDING_NOT_JUDGED.sentence());
            assertThat(kindOf(judged)).isEqualTo("a unit");
            assertThat(granted(run, "ann")).isEqualTo(Map.of("onboarded", 1));
        }
    }

    @Test
    void aJudgeThatFailsPassesNobody() throws Exception {
        SharedTaskState state = SharedTaskState.builder()
                .validateOnboarding(data -> {
                    throw new IllegalStateException("broken on purpose");
                })
                .build();
        try (TestRun run = counting(3)
                .blueprintOption("onboarding_qualification", "onboarded")
                .sharedState(state)
                .start()) {
            SimulatedAgent ann = run.worker("ann").register().submitOnboarding(RIGHT);

            assertThat(ann.failureCode()).contains("NOT_QUALIFIED");
        }
    }

    @Test
    void aFunctionThatHangsHoldsUpItsOwnWorkerOnlyAndNotForLong() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        SharedTaskState state = SharedTaskState.builder()
                .functionTimeout(Duration.ofMillis(300))
                .workerCanDoUnit((worker, unit) -> {
                    if (worker.name().equals("ann")) {
                        awaitForEver(never);
                    }
                    return true;
                })
                .build();
        try (TestRun run = counting(2).sharedState(state).start();
                var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var ann = threads.submit(() -> run.worker("ann").register());
            SimulatedAgent bob = run.worker("bob").register();

            assertThat(kindOf(bob)).isEqualTo("a unit");
            assertThat(ann.get().failureCode()).contains("NO_AVAILABLE_UNITS");
        }
    }

    private static void awaitForEver(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aUsersFunctionIsAskedForAHundredUnitsAVisitAndForTheRestInTheNextVisits() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        SharedTaskState state = SharedTaskState.builder()
                .workerCanDoUnit((worker, unit) -> {
                    asked.incrementAndGet();
                    return unit.id() == 250;
                })
                .build();
        try (TestRun run = counting(300).sharedState(state).start()) {
            SimulatedAgent first = run.worker("ann").register();
            int askedFirst = asked.get();
            run.worker("ann").register();
            SimulatedAgent third = run.worker("ann").register();

            assertThat(first.failureCode()).contains("NO_AVAILABLE_UNITS");
            assertThat(askedFirst).isEqualTo(100);
            assertThat(third.initTaskData().path("number").asInt()).isEqualTo(249);
        }
    }

    @Test
    void whatAGoldItemExpectsIsNotShownToItsPage() throws Exception {
        try (TestRun run = gold(counting(3)).start()) {
            assertThat(run.worker("ann").register().initTaskData()).isEqualTo(Json.parse("{\"gold\": 1}"));
        }
    }

    @Test
    void aWorkerGetsEachGoldItemOnceAndThenItIsAsIfThereWereNoMore() throws Exception {
        try (TestRun run = gold(counting(3))
                .blueprintOption("min_golds", 9)
                .blueprintOption("max_incorrect_golds", 9)
                .start()) {
            SimulatedWorker ann = run.worker("ann");
            List<Integer> items = IntStream.range(0, 3)
                    .map(i -> Gates.submit(registerOnceJudged(ann), RIGHT)
                            .initTaskData()
                            .path("gold")
                            .asInt())
                    .boxed()
                    .toList();

            assertThat(items).containsExactly(1, 2, 3);
            assertThat(registerOnceJudged(ann).failureCode()).contains("NO_AVAILABLE_UNITS");
            assertThat(granted(run, "ann")).containsEntry("g-correct-golds", 3);
        }
    }

    @Test
    void ordinaryUnitsAreCountedAndGoldUnitsAreNot() throws Exception {
        try (TestRun run = gold(counting(3)).start()) {
            SimulatedWorker ann = run.worker("ann");
            ann.register().submit(RIGHT);
            SimulatedAgent unit = registerOnceJudged(ann);
            unit.submit(WRONG);
            unit.submit(WRONG);

            assertThat(granted(run, "ann")).isEqualTo(Map.of("g-correct-golds", 1, "g-completed-count", 1));
        }
    }

    @Test
    void aScreeningUnitThatIsNotCompletedGivesItsSlotBack() throws Exception {
        try (TestRun run = screening(counting(3), 1)
                .taskOption("assignment_duration_in_seconds", 1)
                .start()) {
            run.worker("ann").register();
            SimulatedAgent bob = run.worker("bob").register();
            boolean refusedAtFirst = !bob.hasUnit();
            while (!bob.hasUnit()) {
                bob = run.worker("bob").register();
            }

            assertThat(refusedAtFirst).isTrue();
            assertThat(kindOf(bob)).isEqualTo("a screening unit");
            assertThat(run.progress().created()).isEqualTo(3);
            assertThat(run.progress().launched()).isEqualTo(3);
        }
    }

    @Test
    void aJudgeWhoDoesNotDecideHasTheWorkerScreenedAgain() throws Exception {
        try (TestRun run = counting(3)
                .taskOption("allowed_concurrent", 1)
                .blueprintOption("use_screening_task", true)
                .blueprintOption("passed_qualification_name", "screened")
                .blueprintOption("max_screening_units", 2)
                .stateOption("screening_data", List.of(Map.of("screens", true)))
                .sharedState(Gates.judgedByCode())
                .start()) {
            run.worker("ann").register().submit(Map.of("answer", "perhaps"));

            SimulatedAgent again = registerOnceJudged(run.worker("ann"));

            assertThat(kindOf(again)).isEqualTo("a screening unit");
            assertThat(granted(run, "ann")).isEmpty();
        }
    }

    @Test
    void aStreamOfScreeningDataIsUsedUp() throws Exception {
        SharedTaskState state = Gates.judgedByCode().toBuilder()
                .screeningData(() -> Stream.iterate(1, n -> n + 1)
                        .limit(2)
                        .filter(n -> true)
                        .map(n -> Json.toNode(Map.of("screens", true, "n", n))))
                .build();
        try (TestRun run = counting(5)
                .taskOption("allowed_concurrent", 1)
                .blueprintOption("use_screening_task", true)
                .blueprintOption("passed_qualification_name", "screened")
                .blueprintOption("max_screening_units", 5)
                .sharedState(state)
                .start()) {
            List<Integer> items = Stream.of("ann", "bob")
                    .map(name ->
                            run.worker(name).register().initTaskData().path("n").asInt())
                    .toList();

            assertThat(items).containsExactly(1, 2);
            assertThat(run.worker("cy").register().failureCode()).contains("NO_AVAILABLE_UNITS");
        }
    }

    @Test
    void aRunDoesNotEndWhileASpecialUnitIsInWork() throws Exception {
        try (TestRun run = gold(counting(1)).start()) {
            SimulatedAgent ann = run.worker("ann").register();
            Gates.grant(run, "bob", "g-correct-golds", 1);
            run.worker("bob").register().submit(RIGHT);
            boolean endedBefore = run.run().end().isDone();

            ann.submit(RIGHT);

            assertThat(endedBefore).isFalse();
            assertThat(run.awaitEnd()).isEqualTo(RunEnd.COMPLETED);
            assertThat(granted(run, "ann")).containsEntry("g-correct-golds", 1);
            assertThat(run.progress().created()).isEqualTo(1);
            assertThat(run.rows())
                    .extracting(row -> row.path("unit_index").asInt())
                    .containsExactlyInAnyOrder(0, -2);
        }
    }

    @Test
    void whatWasNotJudgedWhenTheProcessEndedIsJudgedWhenTheRunIsTakenUp(@TempDir Path data) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (TestRun first = goldByCode((unit, state) -> {
                    awaitForEver(never);
                    return Verdict.PASSED;
                })
                .data(data)
                .start()) {
            first.worker("ann").register().submit(RIGHT);
            first.run().disconnect();
        }
        never.countDown();
        AtomicInteger judged = new AtomicInteger();

        try (TestRun second = goldByCode((unit, state) -> {
                    judged.incrementAndGet();
                    return Verdict.of(
                            state.submission().orElseThrow().text("answer").equals("4"));
                })
                .data(data)
                .taskOption("resume_incomplete_run", true)
                .start()) {
            SimulatedAgent next = registerOnceJudged(second.worker("ann"));

            assertThat(kindOf(next)).isEqualTo("a unit");
            assertThat(granted(second, "ann")).isEqualTo(Map.of("g-correct-golds", 1));
            assertThat(judged).hasValue(1);
        }
    }

    private static TestRun.Builder goldByCode(SharedTaskState.JudgeUnit judge) {
        return counting(3)
                .taskOption("allowed_concurrent", 1)
                .blueprintOption("use_golds", true)
                .blueprintOption("gold_qualification_base", "g")
                .sharedState(SharedTaskState.builder()
                        .goldData(() -> Stream.of(Json.toNode(Map.of("gold", 1)), Json.toNode(Map.of("gold", 2))))
                        .goldUnit(judge)
                        .build());
    }

    @Test
    void anOpenOnboardingIsKeptOverAStop(@TempDir Path data) throws Exception {
        SharedTaskState away = SharedTaskState.builder()
                .validateOnboarding(submitted -> {
                    throw new MephistoException(ErrorCode.TIMED_OUT, "The judge is slow.");
                })
                .build();
        try (TestRun first = counting(3)
                .blueprintOption("onboarding_qualification", "onboarded")
                .sharedState(away)
                .data(data)
                .start()) {
            first.worker("ann").register("a").submitOnboarding(RIGHT);
            first.run().disconnect();
        }

        try (TestRun second = onboarding(counting(3))
                .data(data)
                .taskOption("resume_incomplete_run", true)
                .start()) {
            assertThat(kindOf(second.worker("ann").register("a"))).isEqualTo("a unit");
        }
    }

    @Test
    void everyRefusalIsKeptWithItsRuleAndValuesAndCounted() throws Exception {
        try (TestRun run = counting(2)
                .stateOption("qualifications", List.of(Gates.requirement("skilled", "GreaterThan", 3)))
                .stateOption("failure_texts", Map.of("NOT_QUALIFIED", "Leider nein."))
                .start()) {
            SimulatedAgent first = run.worker("ann").register();
            Gates.grant(run, "ann", "skilled", 2);
            run.worker("ann").register();

            List<Refusal> refusals = run.store().inTransaction(tx -> {
                long id = tx.workers().find("ann", "test").orElseThrow().id();
                return tx.refusals().listByWorker(id, run.run().taskRun().taskId());
            });

            assertThat(first.failureReason()).contains("Leider nein.");
            assertThat(run.progress().refusals()).isEqualTo(Map.of(FailureReason.NOT_QUALIFIED, 2L));
            assertThat(refusals).singleElement().satisfies(refusal -> {
                assertThat(refusal.count()).isEqualTo(2);
                assertThat(refusal.details().node()).isEqualTo(Json.parse("""
                                        {"rule": "qualification", "qualification": "skilled", "comparator": "GreaterThan", "value": 3, "granted": 2}"""));
            });
        }
    }

    @Test
    void whatScreeningAndGoldCannotDoWithoutIsMissedBeforeTheLaunch() {
        assertThatThrownBy(() -> counting(1)
                        .taskOption("allowed_concurrent", 1)
                        .blueprintOption("use_screening_task", true)
                        .blueprintOption("passed_qualification_name", "screened")
                        .blueprintOption("max_screening_units", 3)
                        .start())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("screening_data")
                .hasMessageContaining("screen_unit");
        assertThatThrownBy(() -> counting(1)
                        .taskOption("allowed_concurrent", 1)
                        .blueprintOption("use_golds", true)
                        .blueprintOption("gold_qualification_base", "g")
                        .start())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("gold_data");
        assertThatThrownBy(() -> gold(counting(1))
                        .stateOption("gold_data", List.of(Map.of("gold", 1)))
                        .start())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("gold_data[0]")
                .hasMessageContaining("no right answer");
    }
}
