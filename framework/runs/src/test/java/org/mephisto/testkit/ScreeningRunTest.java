package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mephisto.testkit.Gates.counting;
import static org.mephisto.testkit.Gates.granted;
import static org.mephisto.testkit.Gates.kindOf;
import static org.mephisto.testkit.Gates.registerOnceJudged;
import static org.mephisto.testkit.Gates.screening;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.json.Json;

/** Screening units in real runs. */
@Timeout(120)
final class ScreeningRunTest {
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
                .screeningData(() ->
                        Stream.iterate(1, n -> n + 1).limit(2).map(n -> Json.toNode(Map.of("screens", true, "n", n))))
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
}
