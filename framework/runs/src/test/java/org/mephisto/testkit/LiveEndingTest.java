package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mephisto.spi.blueprint.AbsentAgentException;
import org.mephisto.spi.blueprint.AgentDisconnectedException;
import org.mephisto.spi.blueprint.AgentShutdownException;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.blueprint.UnitOutcome;

/** How live work ends, whatever its code does then. */
@Timeout(120)
class LiveEndingTest {
    @Test
    void theHookIsToldAtOnceOfASubmissionThatTheCodeDoesNotWaitFor() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        CountDownLatch never = new CountDownLatch(1);
        LiveBlueprintFactory busy = LiveBlueprintFactory.alone(session -> {
            never.await();
            return UnitOutcome.completed();
        });
        SharedTaskState hook = SharedTaskState.builder()
                .onUnitSubmitted((unit, state) ->
                        told.add(state.submission().orElseThrow().data().text()))
                .build();
        try (TestRun run = TestRun.of(busy)
                .blueprintOption("assignments", 1)
                .sharedState(hook)
                .start()) {
            run.worker("ann").register().submit(Map.of("rating", 5));

            assertThat(told.poll(30, TimeUnit.SECONDS)).contains("\"rating\":5");
            run.awaitEnd();
            never.countDown();
        }
    }

    @Test
    void whatTheCodeFindsOutAfterTheSubmissionIsStoredBeforeTheRunEnds() throws Exception {
        LiveBlueprintFactory judging = LiveBlueprintFactory.alone(session -> {
            session.awaitSubmit();
            return UnitOutcome.flagged("too short");
        });
        try (TestRun run = TestRun.of(judging).blueprintOption("assignments", 1).start()) {
            run.worker("ann").register().submit(Map.of("text", "no"));

            run.awaitEnd();

            assertThat(run.rows().getFirst().path("flags").toString()).contains("too short");
        }
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new AssertionError("on purpose"),
                new InterruptedException("on purpose"),
                new OutOfMemoryError("on purpose"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void codeThatFailsInAnyWayHasItsWorkSubmittedAndFlagged(Throwable failure) throws Exception {
        LiveBlueprintFactory failing = LiveBlueprintFactory.alone(session -> {
            Thread.currentThread().interrupt();
            switch (failure) {
                case Error error -> throw error;
                case InterruptedException interruption -> throw interruption;
                default -> throw new IllegalArgumentException(failure);
            }
        });
        try (TestRun run = TestRun.of(failing).blueprintOption("assignments", 1).start()) {
            run.worker("ann").register().submit(Map.of("saved", true));

            run.awaitEnd();

            assertThat(run.rows().getFirst().at("/outputs/saved").asBoolean()).isTrue();
            assertThat(run.rows().getFirst().path("flags").toString()).contains("on purpose");
        }
    }

    /** Waits, and says why it need not any longer. */
    private static LiveBlueprintFactory reporting(Queue<AbsentAgentException> raised) {
        return LiveBlueprintFactory.alone(session -> {
            try {
                session.agent().act(Duration.ofMinutes(5));
                return UnitOutcome.completed();
            } catch (AbsentAgentException e) {
                raised.add(e);
                throw e;
            }
        });
    }

    @Test
    void theCodeOfARunThatIsTakenDownIsToldSo() throws Exception {
        BlockingQueue<AbsentAgentException> raised = new LinkedBlockingQueue<>();
        try (TestRun run = TestRun.of(reporting(raised)).start()) {
            run.worker("ann").register().openPage().awaitStatus("in task");
        }

        assertThat(raised.poll(30, TimeUnit.SECONDS)).isInstanceOf(AgentShutdownException.class);
    }

    @Test
    void aPageThatDoesNotComeBackToARunTakenUpAgainIsFoundGone(@TempDir Path folder) throws Exception {
        Path killed = folder.resolve("killed");
        try (TestRun run = TestRun.of(reporting(new LinkedBlockingQueue<>()))
                .data(folder.resolve("running"))
                .start()) {
            run.worker("ann").register().openPage().awaitStatus("in task");
            copyAsAKilledProcessWouldLeaveIt(folder.resolve("running"), killed);
        }
        BlockingQueue<AbsentAgentException> raised = new LinkedBlockingQueue<>();
        try (TestRun run = TestRun.of(reporting(raised))
                .data(killed)
                .taskOption("disconnect_after_in_seconds", 1)
                .taskOption("resume_incomplete_run", true)
                .start()) {
            assertThat(raised.poll(30, TimeUnit.SECONDS)).isInstanceOf(AgentDisconnectedException.class);
            assertThat(run.worker("bob").register().hasUnit()).isTrue();
        }
    }

    private static void copyAsAKilledProcessWouldLeaveIt(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
