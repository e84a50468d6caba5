package org.mephisto.blueprint.statictask;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.task.PageServer;
import org.mephisto.task.TestBrowser;
import org.mephisto.testkit.TestContext;

/** The page of the example simple-static-task in a real browser. */
@SuppressWarnings("NullAway.Init")
final class ExamplePageTest {
    private static final Path EXAMPLE = Path.of("../../distribution/examples/simple-static-task")
            .toAbsolutePath()
            .normalize();

    private static TestBrowser browser;

    @TempDir
    private Path folder;

    private List<AssignmentData> assignments;
    private PageServer server;

    @BeforeEach
    void serveExample() throws IOException {
        BlueprintFactory factory = new StaticTaskBlueprintFactory();
        Blueprint blueprint = factory.create(
                TestContext.of(factory, EXAMPLE, "{task_source: task.html, escape_html: true, data_csv: data.csv}"));
        blueprint.taskBuilder().buildInDir(folder);
        assignments = blueprint.assignments().toList();
        server = PageServer.serving(folder);
        server.configure("escape_html", true);
        give(0);
    }

    @AfterEach
    void stop() {
        browser.endVisits();
        server.close();
    }

    @BeforeAll
    static void startBrowser() {
        browser = TestBrowser.start();
    }

    @AfterAll
    static void stopBrowser() {
        browser.close();
    }

    private void give(int index) {
        server.give(
                "agent-1",
                StaticTaskBlueprint.initData(assignments.get(index), "task.html")
                        .text());
    }

    @Test
    void theFormIsDoneByKeyboard() {
        Page page = browser.newVisitor();
        page.navigate(server.workerUrl());
        assertThat(page.locator("#html-task-submit-button")).isVisible();

        page.keyboard().press("Tab");
        page.keyboard().press("Space");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Tab");
        page.keyboard().press("Space");
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        page.keyboard().type("one star off");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        page.waitForFunction("window.handedOver !== undefined");

        assertThat(server.received("/submit_task")
                        .getFirst()
                        .part("final_string_data")
                        .text())
                .isEqualTo(
                        "{\"review_id\":\"r01\",\"tone\":\"mixed\",\"confidence\":\"sure\",\"evidence\":\"one star off\"}");
    }

    @Test
    void anUnfinishedFormIsNotSubmitted() {
        Page page = browser.newVisitor();
        page.navigate(server.workerUrl());

        page.locator("#html-task-submit-button").click();

        assertThat(page.evaluate("document.querySelector('form').checkValidity()"))
                .isEqualTo(false);
        assertThat(page.evaluate("document.activeElement.name")).isEqualTo("tone");
        assertThat(server.received("/submit_task")).isEmpty();
    }

    @Test
    void whatLooksLikeMarkupIsText() {
        give(8);
        Page page = browser.newVisitor();

        page.navigate(server.workerUrl());

        assertThat(page.locator("#review")).containsText("<and I aired it every day>");
    }

    @Test
    void everyQuestionHasALabel() {
        Page page = browser.newVisitor();
        page.navigate(server.workerUrl());

        assertThat(page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("The tone is")))
                .isVisible();
        assertThat(page.getByLabel("Which words decided it?")).isVisible();
        assertThat(page.getByRole(AriaRole.HEADING)).hasCount(1);
    }

    @Test
    void aPhoneNeedsNoSidewaysScrolling() {
        Page page = browser.newVisitor(360, 740);
        page.navigate(server.workerUrl());

        assertThat(page.locator("#html-task-submit-button")).isVisible();

        assertThat(page.evaluate("document.documentElement.scrollWidth <= 360")).isEqualTo(true);
    }
}
