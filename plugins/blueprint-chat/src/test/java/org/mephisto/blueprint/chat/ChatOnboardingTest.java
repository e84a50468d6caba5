package org.mephisto.blueprint.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.testkit.SimulatedAgent;
import org.mephisto.testkit.SimulatedPage;
import org.mephisto.testkit.TestContext;
import org.mephisto.testkit.TestRun;

/** What workers are asked before their first chat, in a real run, over real sockets. */
@Timeout(60)
final class ChatOnboardingTest {
    private static final String FORM =
            "[{\"type\": \"choices\", \"question\": \"Ready?\", \"choices\": [\"Yes\", \"No\"]}]";

    private final Queue<JsonNode> judged = new ConcurrentLinkedQueue<>();

    private SharedTaskState state(String onboardingData) {
        return SharedTaskState.builder()
                .onboardingData(JsonValue.ofText(onboardingData))
                .validateOnboarding(data -> {
                    judged.add(data.node());
                    return !data.text().contains("\"response\":\"No\"");
                })
                .build();
    }

    private TestRun.Builder asking(String onboardingData) {
        return TestRun.of(new ChatBlueprintFactory())
                .blueprintOption("num_conversations", 1)
                .blueprintOption("onboarding_qualification", "can-chat")
                .sharedState(state(onboardingData));
    }

    private static JsonNode question(SimulatedPage page) {
        return page.awaitLiveUpdate(
                update -> update.at("/task_data/live_update_requested").asBoolean());
    }

    private static void awaitClosed(SimulatedPage page) {
        page.awaitLiveUpdate(
                update -> !update.at("/task_data/live_update_requested").asBoolean(true));
    }

    private List<String> judgedTexts() {
        assertThat(judged).hasSize(1);
        return judged.element().path("messages").findValuesAsText("text");
    }

    @Test
    void theWorkerIsAskedAndWhatWasSaidIsJudgedWhenThePageIsToldToWait() throws Exception {
        try (TestRun run = asking("{\"text\": \"Can you haggle?\"}").start()) {
            SimulatedAgent onboarding = run.worker("ann").register();
            SimulatedAgent unit;
            try (SimulatedPage page = onboarding.openPage()) {
                JsonNode name = page.awaitLiveUpdate(
                        update -> update.at("/task_data/agent_display_name").isTextual());
                JsonNode question = question(page);
                page.sendLiveUpdate(Map.of("typing", true));
                page.sendLiveUpdate(Map.of("text", "Yes"));
                awaitClosed(page);
                page.awaitStatus("waiting");
                unit = onboarding.submitOnboarding();

                assertThat(name.has("text")).isFalse();
                assertThat(question.path("text").asText()).isEqualTo("Can you haggle?");
                assertThat(question.path("id").asText()).isEqualTo("System");
            }

            assertThat(unit.isOnboarding()).isFalse();
            assertThat(unit.hasUnit()).isTrue();
            assertThat(judgedTexts()).containsExactly("Can you haggle?", "Yes");
        }
    }

    @Test
    void aFormIsAnsweredByAFormAndAWrongAnswerDoesNotPass() throws Exception {
        try (TestRun run = asking("{\"respond_with_form\": " + FORM + "}").start()) {
            SimulatedAgent onboarding = run.worker("ann").register();
            try (SimulatedPage page = onboarding.openPage()) {
                JsonNode question = question(page);
                page.sendLiveUpdate(Map.of("text", "only words"));
                Map<String, String> answer = Map.of("question", "Ready?", "response", "No");
                page.sendLiveUpdate(
                        Map.of("text", "Ready?: No", "task_data", Map.of("form_responses", List.of(answer))));
                awaitClosed(page);
                page.awaitStatus("waiting");

                assertThat(question.has("text")).isFalse();
                assertThat(question.at("/task_data/respond_with_form/0/question")
                                .asText())
                        .isEqualTo("Ready?");
            }

            assertThat(onboarding.submitOnboarding().failureCode()).contains("NOT_QUALIFIED");
            assertThat(judged.element()
                            .at("/messages")
                            .findValue("form_responses")
                            .findValuesAsText("response"))
                    .containsExactly("No");
        }
    }

    @Test
    void whereThereIsNothingToAskThePageSubmitsAtOnce() throws Exception {
        try (TestRun run = asking("{\"rules\": \"Be kind. Yes?\"}").start()) {
            SimulatedAgent onboarding = run.worker("ann").register();

            try (SimulatedPage page = onboarding.openPage()) {
                page.awaitStatus("waiting");
                onboarding.submitOnboarding(Map.of("read", "Yes"));
            }

            assertThat(judged)
                    .singleElement()
                    .extracting(data -> data.path("read").asText())
                    .isEqualTo("Yes");
        }
    }

    @Test
    void anOnboardingThatAKilledProcessLeftAsksNothingTwice(@TempDir Path folder) throws Exception {
        String asks = "{\"text\": \"Can you haggle?\"}";
        try (TestRun first = asking(asks).data(folder.resolve("first")).start();
                SimulatedPage page = first.worker("ann").register("a").openPage()) {
            question(page);
            KilledProcess.copyData(folder.resolve("first"), folder.resolve("second"));
        }

        try (TestRun second = asking(asks)
                .data(folder.resolve("second"))
                .taskOption("resume_incomplete_run", true)
                .start()) {
            SimulatedAgent onboarding = second.worker("ann").register("a");
            try (SimulatedPage page = onboarding.openPage()) {
                page.sendLiveUpdate(Map.of("text", "Yes"));
                page.awaitStatus("waiting");
                assertThat(onboarding.submitOnboarding().isOnboarding()).isFalse();
            }

            assertThat(judgedTexts()).containsExactly("Can you haggle?", "Yes");
        }
    }

    @Test
    void aFormThatPagesCannotShowIsAMistake(@TempDir Path folder) {
        ChatBlueprintFactory factory = new ChatBlueprintFactory();
        TestContext context = TestContext.of(
                        factory, folder, "{num_conversations: 1, onboarding_qualification: can-chat}")
                .with(state("{\"respond_with_form\": [{\"type\": \"choices\", \"question\": \"x\"}]}"));

        assertThatThrownBy(() -> factory.create(context))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mephisto.shared_state.onboarding_data.respond_with_form[0].choices")
                .hasMessageContaining("answers to choose from");
    }
}
