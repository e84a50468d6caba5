package org.mephisto.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.blueprint.Verdict;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.model.FailureReason;

/** Runs with onboarding, screening and gold units, and short words for what workers do there. */
final class Gates {
    static final Map<String, Object> RIGHT = Map.of("answer", 4);
    static final Map<String, Object> WRONG = Map.of("answer", 5);

    private Gates() {}

    static TestRun.Builder counting(int assignments) {
        return TestRun.of(new CountingBlueprintFactory()).blueprintOption("assignments", assignments);
    }

    /** The answer 4 passes. */
    static TestRun.Builder onboarding(TestRun.Builder run) {
        return run.blueprintOption("onboarding_qualification", "onboarded")
                .stateOption("onboarding_data", Map.of("question", "2 + 2"))
                .stateOption("validate_onboarding", Map.of("expect", RIGHT));
    }

    /** The answer 4 passes. */
    static TestRun.Builder screening(TestRun.Builder run, int most) {
        return run.taskOption("allowed_concurrent", 1)
                .blueprintOption("use_screening_task", true)
                .blueprintOption("passed_qualification_name", "screened")
                .blueprintOption("block_qualification", "blocked")
                .blueprintOption("max_screening_units", most)
                .stateOption("screening_data", most == 0 ? false : List.of(Map.of("screens", true)))
                .stateOption("screen_unit", Map.of("expect", RIGHT));
    }

    /** Three different items, to each of which 4 is the right answer. */
    static TestRun.Builder gold(TestRun.Builder run) {
        return run.taskOption("allowed_concurrent", 1)
                .blueprintOption("use_golds", true)
                .blueprintOption("gold_qualification_base", "g")
                .stateOption("gold_data", List.of(goldItem(1), goldItem(2), goldItem(3)));
    }

    private static Map<String, Object> goldItem(int number) {
        return Map.of("gold", number, "expect", RIGHT);
    }

    /** A state whose judge of screening units answers this by {@code answer}: 4, 5, or neither. */
    static SharedTaskState judgedByCode() {
        return SharedTaskState.builder()
                .screenUnit((unit, state) -> verdict(state.submission()
                        .map(submission -> submission.text("answer"))
                        .orElse("")))
                .build();
    }

    private static Verdict verdict(String answer) {
        return switch (answer) {
            case "4" -> Verdict.PASSED;
            case "5" -> Verdict.FAILED;
            default -> Verdict.UNDECIDED;
        };
    }

    /** Comes again and again until what was handed in is judged. */
    static SimulatedAgent registerOnceJudged(SimulatedWorker worker) {
        while (true) {
            SimulatedAgent agent = worker.register();
            if (!agent.failureReason().equals(Optional.of(FailureReason.BEING_JUDGED.sentence()))) {
                return agent;
            }
        }
    }

    static SimulatedAgent submit(SimulatedAgent agent, Map<String, ?> data) {
        agent.submit(data);
        return agent;
    }

    /** What a function does that hangs: it ends with its thread's interrupt. */
    static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the worker got, in a word or two. */
    static String kindOf(SimulatedAgent agent) {
        if (!agent.hasUnit()) {
            return agent.failureCode().orElse("nothing");
        }
        if (agent.isOnboarding()) {
            return "onboarding";
        }
        if (agent.initTaskData().path("screens").asBoolean()) {
            return "a screening unit";
        }
        return agent.initTaskData().has("gold") ? "a gold unit" : "a unit";
    }

    static void grant(TestRun run, String worker, String qualification, int value) {
        run.store().inTransaction(tx -> {
            long id = tx.workers()
                    .findOrCreate(worker, TestProviderFactory.TYPE)
                    .worker()
                    .id();
            tx.qualifications().grant(qualification, id, value);
            return true;
        });
    }

    static Map<String, Integer> granted(TestRun run, String worker) {
        return run.store()
                .read(tx -> tx.workers()
                        .find(worker, TestProviderFactory.TYPE)
                        .map(found -> tx.qualifications().listGranted(found.id()))
                        .orElse(Map.of()));
    }

    static Map<String, Object> requirement(String name, String comparator, int value) {
        return Map.of("qualification_name", name, "comparator", comparator, "value", value);
    }

    static String json(Object value) {
        return Json.write(value);
    }
}
