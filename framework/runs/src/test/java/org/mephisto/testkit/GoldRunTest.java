package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mephisto.testkit.Gates.RIGHT;
import static org.mephisto.testkit.Gates.WRONG;
import static org.mephisto.testkit.Gates.counting;
import static org.mephisto.testkit.Gates.gold;
import static org.mephisto.testkit.Gates.granted;
import static org.mephisto.testkit.Gates.kindOf;
import static org.mephisto.testkit.Gates.registerOnceJudged;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.operator.RunEnd;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.blueprint.Verdict;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.model.UnitStatus;

/** Gold units in real runs. */
@Timeout(120)
final class GoldRunTest {
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
    void theJudgeSeesAUnitThatIsCompleted() throws Exception {
        CompletableFuture<UnitStatus> seen = new CompletableFuture<>();
        try (TestRun run = goldByCode((unit, state) -> {
                    seen.complete(unit.status());
                    return Verdict.PASSED;
                })
                .start()) {
            run.worker("ann").register().submit(RIGHT);

            assertThat(seen.get(30, TimeUnit.SECONDS)).isEqualTo(UnitStatus.COMPLETED);
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
        try (TestRun first = goldByCode((unit, state) -> {
                    Gates.hang();
                    return Verdict.PASSED;
                })
                .data(data)
                .start()) {
            first.worker("ann").register().submit(RIGHT);
            first.run().disconnect();
        }
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

    @Test
    void rulesOfOnesOwnSayWhenGoldComesAndWhoGoesOn() throws Exception {
        SharedTaskState rules = judgedBy((unit, state) -> Verdict.PASSED)
                .workerNeedsGold((completed, correct, incorrect, min) -> completed == 1 && correct == 0)
                .workerQualifies((completed, correct, incorrect, most) -> correct == 0)
                .build();
        try (TestRun run = withGold(rules).start()) {
            SimulatedWorker ann = run.worker("ann");
            SimulatedAgent first = ann.register();
            first.submit(RIGHT);
            SimulatedAgent second = ann.register();
            second.submit(RIGHT);

            SimulatedAgent third = registerOnceJudged(ann);

            assertThat(first.initTaskData().has("gold")).isFalse();
            assertThat(second.initTaskData().has("gold")).isTrue();
            assertThat(third.failureCode()).contains("NOT_QUALIFIED");
        }
    }

    private static TestRun.Builder goldByCode(SharedTaskState.JudgeUnit judge) {
        return withGold(judgedBy(judge).build());
    }

    private static SharedTaskState.Builder judgedBy(SharedTaskState.JudgeUnit judge) {
        return SharedTaskState.builder()
                .goldData(() -> Stream.of(Json.toNode(Map.of("gold", 1)), Json.toNode(Map.of("gold", 2))))
                .goldUnit(judge);
    }

    private static TestRun.Builder withGold(SharedTaskState state) {
        return counting(3)
                .taskOption("allowed_concurrent", 1)
                .blueprintOption("use_golds", true)
                .blueprintOption("gold_qualification_base", "g")
                .sharedState(state);
    }
}
