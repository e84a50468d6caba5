package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mephisto.testkit.Gates.RIGHT;
import static org.mephisto.testkit.Gates.counting;
import static org.mephisto.testkit.Gates.gold;
import static org.mephisto.testkit.Gates.granted;
import static org.mephisto.testkit.Gates.kindOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mephisto.spi.blueprint.SharedTaskState;

/** What happens at once in onboarding and gold: the outcome is one of those that would be had one after the other. */
final class EligibilityRaceTest {
    @RepeatedTest(3)
    void submissionsOfOneOnboardingAtOnceAreJudgedOnceAndAnsweredAlike() throws Exception {
        AtomicInteger judged = new AtomicInteger();
        SharedTaskState state = SharedTaskState.builder()
                .validateOnboarding(data -> judged.incrementAndGet() > 0)
                .build();
        try (TestRun run = counting(20)
                .blueprintOption("onboarding_qualification", "onboarded")
                .sharedState(state)
                .start()) {
            SimulatedAgent onboarding = run.worker("ann").register();

            List<SimulatedAgent> answers = atOnce(12, i -> onboarding.submitOnboarding(RIGHT));

            assertThat(answers).extracting(Gates::kindOf).containsOnly("a unit");
            assertThat(answers)
                    .extracting(SimulatedAgent::agentId)
                    .containsOnly(answers.getFirst().agentId());
            assertThat(judged).hasValue(1);
            assertThat(run.progress().inWork()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 3})
    void whatIsGrantedOrRevokedWhileWorkersRegisterHoldsForWhoeverComesAfterwards(int last) throws Exception {
        try (TestRun run = counting(400)
                .stateOption("qualifications", List.of(Gates.requirement("skilled", "GreaterThan", 3)))
                .start()) {
            List<String> kinds = atOnce(100, i -> {
                if (i % 10 == 0) {
                    Gates.grant(run, "ann", "skilled", i % 20 == 0 ? 4 : 3);
                }
                return kindOf(run.worker("ann").register());
            });
            Gates.grant(run, "ann", "skilled", last);

            String after = kindOf(run.worker("ann").register());

            assertThat(kinds).containsAnyOf("a unit", "NOT_QUALIFIED").doesNotContain("SERVER_ERROR");
            assertThat(after).isEqualTo(last == 4 ? "a unit" : "NOT_QUALIFIED");
            long units = kinds.stream().filter("a unit"::equals).count() + (last == 4 ? 1 : 0);
            assertThat(run.progress().inWork()).isEqualTo(units);
        }
    }

    @Test
    void aGoldUnitThatExpiresAndIsSubmittedAtOnceIsEitherCountedOrGone() throws Exception {
        int people = 24;
        try (TestRun run = gold(counting(people + 1))
                .taskOption("assignment_duration_in_seconds", 1)
                .start()) {
            long begun = System.nanoTime();
            atOnce(people, i -> {
                SimulatedAgent agent = run.worker("w" + i).register();
                long due = begun + 940_000_000L + i * 6_000_000L;
                while (System.nanoTime() < due) {
                    Thread.onSpinWait();
                }
                agent.submit(RIGHT);
                return agent;
            });
            List<String> next = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                next.add(kindOf(Gates.registerOnceJudged(run.worker("w" + i))));
            }

            Map<String, String> statuses = new java.util.HashMap<>();
            run.rows().stream()
                    .filter(row -> row.path("unit_index").asInt() == -2)
                    .forEach(row -> statuses.merge(
                            row.path("worker_name").asText(),
                            row.path("status").asText(),
                            (one, other) -> one.equals("assigned") ? other : one));
            for (int i = 0; i < people; i++) {
                boolean isCounted = granted(run, "w" + i).containsKey("g-correct-golds");
                assertThat(statuses.get("w" + i)).isEqualTo(isCounted ? "completed" : "expired");
                assertThat(next.get(i)).isEqualTo(isCounted ? "a unit" : "a gold unit");
            }
        }
    }

    private interface Numbered<T> {
        T call(int number) throws Exception;
    }

    private static <T> List<T> atOnce(int many, Numbered<T> what) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                int number = i;
                calls.add(() -> what.call(number));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : threads.invokeAll(calls)) {
                results.add(each.get());
            }
            return results;
        }
    }
}
