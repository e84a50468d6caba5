package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mephisto.testkit.Gates.counting;
import static org.mephisto.testkit.Gates.gold;
import static org.mephisto.testkit.Gates.kindOf;
import static org.mephisto.testkit.Gates.onboarding;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.store.Refusal;

/** What all gates of a run have in common, in real runs; what each visit gets is in {@link EligibilityTableTest}. */
@Timeout(120)
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
    void aFunctionThatHangsHoldsUpItsOwnWorkerOnlyAndNotForLong() throws Exception {
        SharedTaskState state = SharedTaskState.builder()
                .functionTimeout(Duration.ofSeconds(2))
                .workerCanDoUnit((worker, unit) -> {
                    if (worker.name().equals("ann")) {
                        Gates.hang();
                    }
                    return true;
                })
                .build();
        try (TestRun run = counting(2).sharedState(state).start();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<SimulatedAgent> ann = threads.submit(() -> run.worker("ann").register());
            SimulatedAgent bob = run.worker("bob").register();

            assertThat(kindOf(bob)).isEqualTo("a unit");
            assertThat(ann.get().failureCode()).contains("NO_AVAILABLE_UNITS");
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
            awaitLaunched(run);
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

    /** Waits until there is no unit to come any more. */
    private static void awaitLaunched(TestRun run) throws InterruptedException {
        while (!run.progress().sourceExhausted()) {
            assertThat(run.run().awaitEnd(Duration.ofMillis(5))).isFalse();
        }
    }
}
