package org.mephisto.blueprint.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.task.TestBrowser;
import org.mephisto.testkit.TestRun;

/** The page of the example two-person-chat in real browser windows, in a real run. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
abstract class ChatPageFixture {
    private static final Path EXAMPLE = Path.of("../../distribution/examples/two-person-chat")
            .toAbsolutePath()
            .normalize();

    static TestBrowser browser;

    @TempDir
    private Path folder;

    private final List<String> errors = new ArrayList<>();

    @BeforeAll
    static final void startBrowser() {
        browser = TestBrowser.start();
    }

    @AfterAll
    static final void stopBrowser() {
        browser.close();
    }

    @AfterEach
    final void endVisits() {
        browser.endVisits();
        assertThat(errors).isEmpty();
    }

    /** Its first deal alone. */
    final TestRun.Builder example() throws IOException {
        String deal = Files.readAllLines(EXAMPLE.resolve("deals.jsonl")).getFirst();
        Files.writeString(folder.resolve("deals.jsonl"), deal);
        Files.copy(EXAMPLE.resolve("about.html"), folder.resolve("about.html"));
        return TestRun.of(new ChatBlueprintFactory())
                .taskDirectory(folder)
                .blueprintOption("context_jsonl", "deals.jsonl")
                .blueprintOption("task_description_file", "about.html")
                .blueprintOption("roles", List.of("Buyer", "Seller"))
                .taskOption("allowed_concurrent", 1)
                .sharedState(SharedTaskState.builder()
                        .taskConfig(Map.of("block_mobile", false))
                        .build());
    }

    final Page open(TestRun run, String worker, int width) {
        Page page = browser.newVisitor(width, 760);
        page.onPageError(errors::add);
        page.addInitScript("""
                window.getWorkerName = () => "%1$s";
                window.getAssignmentId = () => "visit-%1$s";
                window.getAgentRegistration = () => ({
                  worker_name: "%1$s", agent_registration_id: "visit-%1$s", assignment_id: "visit-%1$s", provider_type: "test" });
                window.handleSubmitToProvider = () => { window.handedOver = true; };
                """.formatted(worker));
        page.navigate(run.url().toString());
        return page;
    }

    static Locator log(Page page) {
        return page.getByRole(AriaRole.LOG);
    }

    /** By keyboard alone: whoever may write has the typing box under their fingers. */
    static void write(Page page, String text) {
        assertThat(page.getByLabel("Your message")).isFocused();
        assertThat(page.getByText("Send", new Page.GetByTextOptions().setExact(true)))
                .isEnabled();
        page.keyboard().type(text);
        page.keyboard().press("Enter");
    }

    static Locator done(Page page) {
        return page.getByText("Done", new Page.GetByTextOptions().setExact(true));
    }
}
