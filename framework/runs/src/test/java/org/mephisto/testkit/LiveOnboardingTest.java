package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mephisto.testkit.Gates.kindOf;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.blueprint.OnboardingSession;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;

/** Onboarding that talks with its page. */
@Timeout(120)
final class LiveOnboardingTest {
    private final Queue<JsonValue> judged = new ConcurrentLinkedQueue<>();

    /** Says back what the page says, once. */
    private static void echoOnce(OnboardingSession session) throws InterruptedException {
        String text = session.agent()
                .act(Duration.ofSeconds(30))
                .data()
                .string("text")
                .orElse("");
        session.agent().observe(JsonValue.of(Map.of("echo", text)));
    }

    private TestRun.Builder live(OnboardingBlueprintFactory.Code code) {
        SharedTaskState state = SharedTaskState.builder()
                .validateOnboarding(data -> {
                    judged.add(data);
                    return data.text().contains("hello");
                })
                .build();
        return TestRun.of(new OnboardingBlueprintFactory(code))
                .blueprintOption("onboarding_qualification", "onboarded")
                .sharedState(state);
    }

    @Test
    void whenTheCodeIsThroughThePageIsToldToWaitAndWhatWasSaidIsJudgedIfItSubmitsNothing() throws Exception {
        try (TestRun run = live(LiveOnboardingTest::echoOnce).start()) {
            SimulatedAgent onboarding = run.worker("ann").register();
            SimulatedPage page = onboarding.openPage();

            page.sendLiveUpdate(Map.of("text", "hello"));
            String echo = page.awaitLiveUpdate().path("echo").asText();
            page.awaitStatus("waiting");
            SimulatedAgent unit = onboarding.submitOnboarding();

            assertThat(echo).isEqualTo("hello");
            assertThat(kindOf(unit)).isEqualTo("a unit");
            assertThat(judged).singleElement().satisfies(data -> {
                assertThat(data.node().path("messages")).hasSize(2);
                assertThat(data.node().at("/messages/0/text").asText()).isEqualTo("hello");
                assertThat(data.node().at("/messages/1/echo").asText()).isEqualTo("hello");
            });
        }
    }

    @Test
    void aPageThatIsBackGetsWhatItHasMissed() throws Exception {
        try (TestRun run = live(LiveOnboardingTest::echoOnce).start()) {
            SimulatedAgent onboarding = run.worker("ann").register();
            SimulatedPage page = onboarding.openPage();
            page.sendLiveUpdate(Map.of("text", "hello"));
            page.awaitLiveUpdate();
            page.cut();

            SimulatedPage fresh = onboarding.openPage();

            assertThat(fresh.awaitLiveUpdate().path("echo").asText()).isEqualTo("hello");
        }
    }

    @Test
    void codeThatFailsIsNotTheWorkersFault() throws Exception {
        try (TestRun run = live(session -> {
                    throw new IllegalStateException("broken on purpose");
                })
                .start()) {
            SimulatedAgent onboarding = run.worker("ann").register();
            onboarding.openPage();

            SimulatedAgent unit = onboarding.submitOnboarding(Map.of("text", "hello"));

            assertThat(kindOf(unit)).isEqualTo("a unit");
        }
    }

    @Test
    void aPageThatGoesAwayEndsTheOnboarding() throws Exception {
        try (TestRun run = live(LiveOnboardingTest::echoOnce)
                .taskOption("disconnect_after_in_seconds", 1)
                .start()) {
            SimulatedAgent onboarding = run.worker("ann").register("a");
            onboarding.openPage().cut();

            SimulatedAgent again = run.worker("ann").register("a");
            while (again.hasUnit()) {
                again = run.worker("ann").register("a");
            }

            assertThat(again.failureCode()).contains("TASK_MISSING");
            assertThat(run.worker("ann").register("b").isOnboarding()).isTrue();
        }
    }

    @Test
    void anOnboardingThatAKilledProcessLeftGoesOnWithTheSamePage(@TempDir Path data) throws Exception {
        String agentId;
        try (TestRun first = live(LiveOnboardingTest::echoOnce).data(data).start()) {
            agentId = first.worker("ann").register("a").agentId();
            first.run().disconnect();
        }
        leaveAsAKilledProcessWould(data);

        try (TestRun second = live(LiveOnboardingTest::echoOnce)
                .data(data)
                .taskOption("resume_incomplete_run", true)
                .start()) {
            SimulatedAgent again = second.worker("ann").register("a");
            SimulatedPage page = again.openPage();
            page.sendLiveUpdate(Map.of("text", "hello"));
            page.awaitStatus("waiting");

            assertThat(again.agentId()).isEqualTo(agentId);
            assertThat(kindOf(again.submitOnboarding())).isEqualTo("a unit");
        }
    }

    /** A process that ends in peace ends its onboardings. */
    private static void leaveAsAKilledProcessWould(Path data) throws Exception {
        try (TestRun other = Gates.counting(1).data(data).start()) {
            other.store().inTransaction(tx -> {
                List<Long> ended = List.of(1L);
                ended.forEach(id -> tx.onboardings().changeStatus(id, AgentStatus.DISCONNECT, AgentStatus.ONBOARDING));
                return true;
            });
        }
    }
}
