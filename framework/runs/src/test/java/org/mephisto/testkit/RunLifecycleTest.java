package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.operator.RunEnd;
import org.mephisto.spi.error.MephistoException;

/** How runs begin, are stopped, are taken up again and end. */
final class RunLifecycleTest {
    @Test
    void aRunEndsWhenAllItsUnitsAreDoneAndEveryRowIsThere() throws Exception {
        try (TestRun run = counting(3).start()) {
            for (int i = 0; i < 3; i++) {
                run.worker("ann").register().submit(Map.of("label", "good " + i));
            }

            RunEnd end = run.awaitEnd();

            assertThat(end).isEqualTo(RunEnd.COMPLETED);
            assertThat(run.rows()).hasSize(3).allSatisfy(row -> {
                assertThat(row.path("status").asText()).isEqualTo("completed");
                assertThat(row.path("worker_name").asText()).isEqualTo("ann");
                assertThat(row.at("/outputs/label").asText()).startsWith("good");
                assertThat(row.path("flags").size()).isZero();
            });
        }
    }

    @Test
    void stoppingExpiresWhatNobodyWorksOnAndWaitsForThoseAtWork() throws Exception {
        try (TestRun run = counting(5).start()) {
            SimulatedAgent atWork = run.worker("ann").register();

            run.run().stop();
            SimulatedAgent tooLate = run.worker("bob").register();
            boolean endedBefore = run.run().end().isDone();
            atWork.submit(Map.of("label", "good"));

            assertThat(tooLate.failureCode()).contains("NO_AVAILABLE_UNITS");
            assertThat(endedBefore).isFalse();
            assertThat(run.awaitEnd()).isEqualTo(RunEnd.STOPPED);
            assertThat(run.progress().completed()).isEqualTo(1);
            assertThat(run.progress().expired()).isEqualTo(4);
        }
    }

    @Test
    void aStoppedRunIsTakenUpAgainWithWhatIsLeftOfIt(@TempDir Path data) throws Exception {
        try (TestRun first = counting(5).data(data).start()) {
            first.worker("ann").register("a").submit(Map.of("label", "first"));
            first.worker("bob").register("b");
            first.run().disconnect();
        }

        try (TestRun second =
                counting(5).data(data).taskOption("resume_incomplete_run", true).start()) {
            SimulatedAgent annAgain = second.worker("ann").register("a");
            SimulatedAgent bobAgain = second.worker("bob").register("b");
            for (int i = 0; i < 4; i++) {
                second.worker("cy").register().submit(Map.of("label", "second"));
            }

            assertThat(second.awaitEnd()).isEqualTo(RunEnd.COMPLETED);
            assertThat(annAgain.hasUnit()).isTrue();
            assertThat(bobAgain.failureCode()).contains("TASK_MISSING");
            assertThat(second.rows())
                    .hasSize(5)
                    .allMatch(row -> row.path("status").asText().equals("completed"));
            assertThat(second.rows())
                    .extracting(row -> row.path("task_run_id").asLong())
                    .containsOnly(1L);
        }
    }

    @Test
    void aRunThatGoesOnCannotBeTakenUpASecondTime(@TempDir Path data) throws Exception {
        try (TestRun going = counting(5).data(data).start()) {
            assertThatThrownBy(() -> counting(5)
                            .data(data)
                            .taskOption("resume_incomplete_run", true)
                            .start())
                    .isInstanceOf(MephistoException.class)
                    .hasMessageContaining("Task run " + going.run().taskRun().id() + " is still going on");
        }
    }

    @Test
    void anEndlessSourceIsDrawnOnlyAsFarAsUnitsCanBeLaunched() throws Exception {
        try (TestRun run = counting(0).taskOption("max_num_concurrent_units", 2).start()) {
            for (int i = 0; i < 20; i++) {
                registerUntilFree(run.worker("ann")).submit(Map.of());
            }

            assertThat(run.progress().launched() + run.progress().inWork()).isLessThanOrEqualTo(2);
            assertThat(run.progress().created()).isLessThan(30);
        }
    }

    @Test
    void aSourceThatFailsEndsTheRunWhenThoseAtWorkAreDone() throws Exception {
        try (TestRun run = counting(10).blueprintOption("fail_after", 1).start()) {
            RunEnd end = run.awaitEnd();

            assertThat(end).isEqualTo(RunEnd.LAUNCH_FAILED);
            assertThat(run.progress().open()).isZero();
        }
    }

    @Test
    void aLaunchThatFailsLeavesNothingBehind() throws Exception {
        try (TestRun running = counting(1).start()) {
            int taken = running.url().getPort();

            assertThatThrownBy(() -> counting(1).taskOption("task_reward", -1).start())
                    .isInstanceOf(MephistoException.class)
                    .hasMessageContaining("mephisto.task.task_reward")
                    .hasMessageContaining("-1");
            assertThat(running.url().getPort()).isEqualTo(taken);
        }
    }

    private static SimulatedAgent registerUntilFree(SimulatedWorker worker) {
        while (true) {
            SimulatedAgent agent = worker.register();
            if (agent.hasUnit()) {
                return agent;
            }
        }
    }

    private static TestRun.Builder counting(int assignments) {
        return TestRun.of(new CountingBlueprintFactory()).blueprintOption("assignments", assignments);
    }
}
