package org.mephisto.blueprint.remoteprocedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.blueprint.RemoteFunction;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.testkit.SimulatedAgent;
import org.mephisto.testkit.TestRun;

/** A page that calls functions while its worker is tried out. */
final class OnboardingCallsTest extends JavaFunctionFixture {
    private final CountDownLatch judgeable = new CountDownLatch(1);

    /** The answer 4 passes. */
    private boolean judge(JsonValue data) {
        try {
            return judgeable.await(30, TimeUnit.SECONDS)
                    && data.node().path("answer").asInt() == 4;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private TestRun onboarding(Map<String, RemoteFunction> functions) throws IOException {
        return TaskFiles.run(task)
                .blueprintOption("onboarding_qualification", "onboarded")
                .sharedState(SharedTaskState.builder()
                        .onboardingData(JsonValue.of(Map.of("question", "2 + 2")))
                        .validateOnboarding(this::judge)
                        .functions(functions)
                        .build())
                .start();
    }

    private TestRun judgedAtOnce() throws IOException {
        judgeable.countDown();
        RemoteFunction same = (args, state) -> same(args);
        RemoteFunction question = (args, state) ->
                JsonValue.of(state.initData().node().path("question").asText());
        return onboarding(Map.of("same", same, "question", question));
    }

    @Test
    void itsCallsAreAnsweredAndAfterItThoseOfTheUnit() throws Exception {
        try (TestRun run = judgedAtOnce()) {
            SimulatedAgent tried = run.worker("ann").register();
            try (CallingPage first = CallingPage.of(tried)) {
                JsonNode data = tried.initTaskData();
                JsonNode result = first.call("question", 1);
                JsonNode error = first.callInVain("nothing", 1);
                SimulatedAgent unit = tried.submitOnboarding(Map.of("answer", 4));
                try (CallingPage second = CallingPage.of(unit)) {
                    JsonNode inUnit = second.call("same", 2);

                    assertThat(tried.isOnboarding()).isTrue();
                    assertThat(data).isEqualTo(Json.parse("{\"question\": \"2 + 2\"}"));
                    assertThat(result.textValue()).isEqualTo("2 + 2");
                    assertThat(error.path("code").asText()).isEqualTo("NOT_FOUND");
                    assertThat(unit.isOnboarding()).isFalse();
                    assertThat(unit.initTaskData())
                            .isEqualTo(Json.parse("{\"task_data\": {\"text\": \"first\"}, \"previous_requests\": []}"));
                    assertThat(inUnit.intValue()).isEqualTo(2);
                }
            }
        }
    }

    @Test
    void aPageThatComesBackGetsTheAnswersItHasMissedAndCallsOn() throws Exception {
        try (TestRun run = onboarding(Map.of("slow", (args, state) -> awaitRelease(args)))) {
            SimulatedAgent tried = run.worker("ann").register("visit");
            CallingPage gone = CallingPage.of(tried);
            String id = gone.send("slow", 1);
            entered.await();
            gone.socket().cut();
            release.countDown();

            try (CallingPage back = CallingPage.of(run.worker("ann").register("visit"))) {
                assertThat(back.agent().agentId()).isEqualTo(tried.agentId());
                assertThat(back.answer(id).path("response").textValue()).isEqualTo("1");
                assertThat(back.call("slow", 2).intValue()).isEqualTo(2);
            }
        }
    }

    @Test
    void aWorkerWhoDoesNotPassGetsNoUnitAndTheRunGoesOn() throws Exception {
        try (TestRun run = judgedAtOnce()) {
            SimulatedAgent ann = run.worker("ann").register();
            try (CallingPage page = CallingPage.of(ann)) {
                page.call("same", 1);

                SimulatedAgent refused = ann.submitOnboarding(Map.of("answer", 5));

                assertThat(refused.failureCode()).contains("NOT_QUALIFIED");
            }
            assertThat(run.worker("bob").register().isOnboarding()).isTrue();
        }
    }

    @Test
    void aCallThatIsUnderWayWhenItIsSubmittedIsEndedAndHoldsNothingUp() throws Exception {
        try (TestRun run = onboarding(Map.of("slow", (args, state) -> awaitRelease(args)));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            SimulatedAgent tried = run.worker("ann").register();
            try (CallingPage page = CallingPage.of(tried)) {
                String id = page.send("slow", 1);
                entered.await();

                Future<SimulatedAgent> next = threads.submit(() -> tried.submitOnboarding(Map.of("answer", 4)));
                JsonNode error = CallingPage.error(page.answer(id));
                judgeable.countDown();
                SimulatedAgent unit = next.get(30, TimeUnit.SECONDS);

                assertThat(error.path("code").asText()).isEqualTo("CONFLICT");
                assertThat(unit.isOnboarding()).isFalse();
                assertThat(unit.hasUnit()).isTrue();
            }
        }
    }
}
