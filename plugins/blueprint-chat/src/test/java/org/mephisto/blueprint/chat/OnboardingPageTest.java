package org.mephisto.blueprint.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.testkit.TestRun;

/** What a worker is asked on our page before their first chat. */
final class OnboardingPageTest extends ChatPageFixture {
    @Test
    void whoPassesTheOnboardingBeginsAnewInTheirChat() throws Exception {
        SharedTaskState asking = SharedTaskState.builder()
                .taskConfig(Map.of("block_mobile", false))
                .onboardingData(JsonValue.ofText("""
                        {"rules": "Be kind.", "text": "Will you?",
                         "respond_with_form": [{"type": "choices", "question": "So?", "choices": ["Yes", "No"]}]}
                        """))
                .validateOnboarding(data -> data.text().contains("\"response\":\"Yes\""))
                .build();
        try (TestRun run = example()
                .blueprintOption("onboarding_qualification", "kind")
                .sharedState(asking)
                .start()) {
            Page buyer = open(run, "ann", 1024);
            assertThat(buyer.getByText("Be kind.")).isVisible();
            assertThat(log(buyer).getByRole(AriaRole.LISTITEM)).hasText(new String[] {"Will you?"});
            buyer.reload();
            answer(buyer, "Yes");
            assertThat(buyer.getByText("You are: Buyer")).isVisible();
            assertThat(buyer.getByText("Be kind.")).isHidden();
            Page seller = open(run, "bob", 1024);
            answer(seller, "Yes");

            assertThat(seller.getByText("You will not go below 120.")).isVisible();
            write(buyer, "one");
            assertThat(log(seller).getByRole(AriaRole.LISTITEM)).hasText(new String[] {"Buyerone"});
            buyer.reload();
            assertThat(log(buyer).getByRole(AriaRole.LISTITEM)).hasText(new String[] {"You (Buyer)one"});
            write(seller, "two");
            assertThat(log(buyer).getByText("two")).isVisible();
        }
    }

    private static void answer(Page page, String choice) {
        page.getByLabel(choice).check();
        page.getByText("Send answers").click();
    }

    @Test
    void whoFailsTheOnboardingReadsSo() throws Exception {
        SharedTaskState asking = SharedTaskState.builder()
                .taskConfig(Map.of("block_mobile", false))
                .onboardingData(JsonValue.ofText("{\"text\": \"Will you?\"}"))
                .validateOnboarding(data -> false)
                .build();
        try (TestRun run = example()
                .blueprintOption("onboarding_qualification", "kind")
                .sharedState(asking)
                .start()) {
            Page page = open(run, "ann", 1024);

            write(page, "No.");

            assertThat(page.getByText("You cannot take part now")).isVisible();
        }
    }
}
