package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mephisto.testkit.Gates.RIGHT;
import static org.mephisto.testkit.Gates.WRONG;
import static org.mephisto.testkit.Gates.counting;
import static org.mephisto.testkit.Gates.granted;
import static org.mephisto.testkit.Gates.kindOf;
import static org.mephisto.testkit.Gates.onboarding;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.model.FailureReason;

/** Onboarding in real runs. */
@Timeout(120)
final class OnboardingRunTest {
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
}
