package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.model.QualificationRequirement;
import org.mephisto.spi.model.Unit;
import org.mephisto.testkit.SimulatedWorker.Answer;

/** What happens to workers and units in a static run, seen from outside. */
final class StaticRunTest {
    @Test
    void theExportHasItsColumnsInTheirOrder() throws Exception {
        try (TestRun run = counting(1).start()) {
            List<String> columns = run.rows().getFirst().properties().stream()
                    .map(Map.Entry::getKey)
                    .toList();

            assertThat(columns)
                    .containsExactly(
                            "task_name",
                            "task_run_id",
                            "assignment_id",
                            "unit_id",
                            "unit_index",
                            "worker_id",
                            "worker_name",
                            "agent_id",
                            "status",
                            "task_start",
                            "task_end",
                            "inputs",
                            "outputs",
                            "files",
                            "metadata",
                            "tips",
                            "feedback",
                            "worker_opinion",
                            "flags",
                            "review");
        }
    }

    @Test
    void submittingTwiceChangesNothingAndAnswersTheSame() throws Exception {
        try (TestRun run = counting(2).start()) {
            SimulatedAgent agent = run.worker("ann").register();

            Answer first = agent.trySubmit(Map.of("label", "first"));
            Answer second = agent.trySubmit(Map.of("label", "second"));

            assertThat(first.status()).isEqualTo(200);
            assertThat(second).isEqualTo(first);
            assertThat(run.rows().getFirst().at("/outputs/label").asText()).isEqualTo("first");
        }
    }

    @Test
    void aReloadedPageGetsTheSameAgentBeforeAndAfterSubmitting() throws Exception {
        try (TestRun run = counting(2).start()) {
            SimulatedAgent before = run.worker("ann").register("visit");
            SimulatedAgent reloaded = run.worker("ann").register("visit");
            reloaded.submit(Map.of("label", "good"));

            SimulatedAgent after = run.worker("ann").register("visit");

            assertThat(reloaded.agentId()).isEqualTo(before.agentId());
            assertThat(after.agentId()).isEqualTo(before.agentId());
            assertThat(after.initTaskData()).isEqualTo(before.initTaskData());
        }
    }

    @Test
    void anotherWorkerWithTheSameVisitGetsAnotherAgent() throws Exception {
        try (TestRun run = counting(2).start()) {
            SimulatedAgent ann = run.worker("ann").register("visit");

            SimulatedAgent bob = run.worker("bob").register("visit");

            assertThat(bob.agentId()).isNotEqualTo(ann.agentId());
        }
    }

    @Test
    void nobodySubmitsForAnotherWorkerByGuessing() throws Exception {
        try (TestRun run = counting(2).start()) {
            SimulatedAgent agent = run.worker("ann").register();
            String rowId = agent.agentId().substring(0, agent.agentId().indexOf('-'));

            Answer guessed = run.worker("eve")
                    .post(
                            "submit_task",
                            "{\"USED_AGENT_ID\": \"" + rowId + "-AAAAAAAAAAAAAAAAAAAAAA\", \"final_data\": {}}");

            assertThat(guessed.status()).isEqualTo(404);
            assertThat(guessed.body()).contains("No agent");
            assertThat(run.progress().completed()).isZero();
        }
    }

    @Test
    void workersReadWhyTheyGetNoUnit() throws Exception {
        try (TestRun run = counting(3)
                .taskOption("allowed_concurrent", 1)
                .taskOption("maximum_units_per_worker", 1)
                .start()) {
            SimulatedAgent first = run.worker("ann").register();
            SimulatedAgent concurrent = run.worker("ann").register();
            first.submit(Map.of());

            SimulatedAgent more = run.worker("ann").register();

            assertThat(concurrent.failureCode()).contains("TOO_MANY_CONCURRENT");
            assertThat(more.failureCode()).contains("MAX_FOR_TASK");
            assertThat(more.failureReason().orElseThrow()).endsWith("!");
        }
    }

    @Test
    void aRequiredQualificationKeepsTheUnqualifiedAway() throws Exception {
        SharedTaskState state = SharedTaskState.builder()
                .qualifications(List.of(new QualificationRequirement(
                        "trained",
                        org.mephisto.spi.model.QualificationComparator.EXISTS,
                        List.of(),
                        java.util.Optional.empty())))
                .build();
        try (TestRun run = counting(1).sharedState(state).start()) {
            SimulatedAgent agent = run.worker("ann").register();

            assertThat(agent.failureCode()).contains("NOT_QUALIFIED");
        }
    }

    @Test
    void theUsersRuleDecidesWhoMayDoWhich() throws Exception {
        SharedTaskState state = SharedTaskState.builder()
                .workerCanDoUnit((worker, unit) -> !worker.name().equals("ann"))
                .build();
        try (TestRun run = counting(1).sharedState(state).start()) {
            SimulatedAgent ann = run.worker("ann").register();
            SimulatedAgent bob = run.worker("bob").register();

            assertThat(ann.failureCode()).contains("NO_AVAILABLE_UNITS");
            assertThat(bob.hasUnit()).isTrue();
        }
    }

    @Test
    void workThatTakesTooLongGoesToSomebodyElseAndALateSubmissionIsKept() throws Exception {
        try (TestRun run =
                counting(1).taskOption("assignment_duration_in_seconds", 1).start()) {
            SimulatedAgent slow = run.worker("slow").register("visit");
            SimulatedAgent other = registerUntilFree(run.worker("other"));

            Answer late = slow.trySubmit(Map.of("label", "late"));
            SimulatedAgent back = run.worker("slow").register("visit");
            other.submit(Map.of("label", "in time"));
            run.awaitEnd();

            assertThat(late.status()).isEqualTo(200);
            assertThat(back.failureCode()).contains("TASK_MISSING");
            assertThat(run.rows())
                    .singleElement()
                    .satisfies(
                            row -> assertThat(row.at("/outputs/label").asText()).isEqualTo("in time"));
        }
    }

    @Test
    void flagsAndFailuresOfTheBlueprintsCodeReachTheReviewerAndHurtNobodyElse() throws Exception {
        try (TestRun run = counting(3).start()) {
            run.worker("ann").register().submit(Map.of("label", "bad"));
            run.worker("bob").register().submit(Map.of("label", "throw"));
            run.worker("cy").register().submit(Map.of("label", "good"));

            run.awaitEnd();

            List<ObjectNode> rows = run.rows();
            assertThat(rows.get(0).path("flags").toString()).contains("the label is bad");
            assertThat(rows.get(1).path("flags").toString()).contains("failed");
            assertThat(rows.get(1).path("status").asText()).isEqualTo("completed");
            assertThat(rows.get(2).path("flags").size()).isZero();
        }
    }

    @Test
    void theUsersHookIsToldOfEachSubmittedUnit() throws Exception {
        CompletableFuture<Unit> told = new CompletableFuture<>();
        SharedTaskState state = SharedTaskState.builder()
                .onUnitSubmitted((unit, agentState) -> told.complete(unit))
                .build();
        try (TestRun run = counting(1).sharedState(state).start()) {
            run.worker("ann").register().submit(Map.of());

            Unit unit = told.get(10, TimeUnit.SECONDS);

            assertThat(unit.status().word()).isEqualTo("completed");
        }
    }

    @Test
    void uploadedFilesAndMetadataAreInTheExport() throws Exception {
        try (TestRun run =
                counting(1).taskOption("closing_time_in_seconds", 600).start()) {
            SimulatedAgent agent = run.worker("ann").register();

            Answer submitted = agent.submitWithFile(Map.of("label", "good"), "photo", "cat.txt", "miau");
            Answer feedback = agent.submitMetadata(
                    Map.of("feedback", Map.of("data", List.of(Map.of("question", "How was it?", "text", "Fine.")))));

            ObjectNode row = run.rows().getFirst();
            assertThat(submitted.status()).isEqualTo(200);
            assertThat(feedback.body()).contains("Submitted metadata");
            assertThat(row.at("/files/0/originalname").asText()).isEqualTo("cat.txt");
            assertThat(row.at("/files/0/size").asLong()).isEqualTo(4);
            assertThat(row.at("/feedback/0/text").asText()).isEqualTo("Fine.");
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
