package org.mephisto.blueprint.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.json.Json;
import org.mephisto.testkit.TestRun;

/** Whole chats on our page. */
final class ChatPageTest extends ChatPageFixture {
    @Test
    void twoWindowsChatToTheEndByKeyboard() throws Exception {
        try (TestRun run = example()
                .blueprintOption("turn_order", "round_robin")
                .blueprintOption("max_turns", 4)
                .blueprintOption(
                        "final_form",
                        List.of(
                                Json.parse(
                                        "{\"type\": \"choices\", \"question\": \"Agreed?\", \"choices\": [\"Yes\", \"No\"]}"),
                                Json.parse("{\"type\": \"text\", \"question\": \"At what price?\"}")))
                .start()) {
            Page buyer = open(run, "ann", 1024);
            assertThat(buyer.getByRole(AriaRole.STATUS)
                            .filter(new Locator.FilterOptions().setHasText("Waiting for the others to arrive")))
                    .isVisible();
            Page seller = open(run, "bob", 1024);

            assertThat(buyer.getByText("You are: Buyer")).isVisible();
            assertThat(buyer.getByText("You can pay up to 150.")).isVisible();
            assertThat(seller.getByText("You will not go below 120.")).isVisible();
            write(buyer, "Do the lights work?");
            assertThat(log(seller).getByText("Do the lights work?")).isVisible();
            assertThat(buyer.getByText("Send", new Page.GetByTextOptions().setExact(true)))
                    .isDisabled();
            write(seller, "They do. <b>180</b>");
            assertThat(log(buyer).getByText("They do. <b>180</b>")).isVisible();
            write(buyer, "140?");
            assertThat(log(seller).getByText("140?")).isVisible();
            write(seller, "All right.");
            for (Page page : List.of(buyer, seller)) {
                assertThat(page.getByLabel("Yes")).isFocused();
                assertThat(log(page).getByText("The chat is over.")).isInViewport();
                page.keyboard().press("Space");
                page.keyboard().press("Tab");
                page.keyboard().type("140");
                page.keyboard().press("Enter");
                assertThat(page.getByText("Done", new Page.GetByTextOptions().setExact(true)))
                        .isFocused();
                page.keyboard().press("Enter");
                page.waitForFunction("window.handedOver === true");
            }

            run.awaitEnd();
            assertThat(run.rows()).hasSize(2);
            assertThat(run.rows().getFirst().at("/outputs/messages").findValuesAsText("text"))
                    .contains(
                            "Do the lights work?",
                            "They do. <b>180</b>",
                            "140?",
                            "All right.",
                            "Agreed?: Yes\nAt what price?: 140");
        }
    }

    @Test
    void aReloadInTheMiddleShowsTheWholeChatAndGoesOn() throws Exception {
        try (TestRun run = example().blueprintOption("max_turns", 3).start()) {
            Page buyer = open(run, "ann", 1024);
            Page seller = open(run, "bob", 1024);
            write(buyer, "one");
            assertThat(log(seller).getByText("one")).isVisible();
            write(seller, "two");
            assertThat(log(buyer).getByText("two")).isVisible();

            buyer.reload();

            assertThat(log(buyer).getByRole(AriaRole.LISTITEM)).hasText(new String[] {"You (Buyer)one", "Sellertwo"});
            write(buyer, "three");
            assertThat(log(seller).getByText("three")).isVisible();
            assertThat(done(seller)).isVisible();
            assertThat(done(buyer)).isVisible();
        }
    }

    @Test
    void aPersonEndsTheChatWithTheButton() throws Exception {
        try (TestRun run = example().blueprintOption("people_may_end", true).start()) {
            Page buyer = open(run, "ann", 1024);
            Page seller = open(run, "bob", 1024);
            write(buyer, "I have to go");
            assertThat(log(seller).getByText("I have to go")).isVisible();

            buyer.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("End the chat"))
                    .click();

            assertThat(log(seller).getByText("Buyer has ended the chat.")).isVisible();
            assertThat(done(seller)).isVisible();
            assertThat(done(buyer)).isVisible();
        }
    }

    @Test
    void whoIsLeftAloneReadsWhyAndHasNothingMoreToWrite() throws Exception {
        try (TestRun run =
                example().taskOption("disconnect_after_in_seconds", 8).start()) {
            Page buyer = open(run, "ann", 1024);
            Page seller = open(run, "bob", 1024);
            write(buyer, "hello");
            assertThat(log(seller).getByText("hello")).isVisible();

            seller.close();

            assertThat(log(buyer).getByText("Seller has left, so the chat ends here."))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
            assertThat(buyer.getByLabel("Your message")).isHidden();
            assertThat(done(buyer)).isVisible();
        }
    }

    @Test
    void aPhoneNeedsNoSidewaysScrollingAndShowsTheTypingBox() throws Exception {
        try (TestRun run = example().start()) {
            Page buyer = open(run, "ann", 360);
            Page seller = open(run, "bob", 360);
            write(buyer, "a".repeat(200));
            assertThat(log(seller).getByText("a".repeat(200))).isVisible();

            for (Page page : List.of(buyer, seller)) {
                assertThat(page.getByLabel("Your message")).isInViewport();
                assertThat(page.evaluate("document.documentElement.scrollWidth <= 360"))
                        .isEqualTo(true);
            }
        }
    }

    @Test
    void aPreviewShowsTheDescriptionAndRegistersNobody() throws Exception {
        try (TestRun run = example().start()) {
            Page page = browser.newVisitor();
            page.addInitScript("window.getWorkerName = () => null; window.getAssignmentId = () => null;");
            page.navigate(run.url().toString());

            assertThat(page.getByText("One of you sells something used")).isVisible();
            assertThat(run.progress().inWork()).isZero();
        }
    }
}
