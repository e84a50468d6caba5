package org.mephisto.blueprint.staticreact;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.task.PageServer;
import org.mephisto.task.TestBrowser;
import org.mephisto.testkit.TestContext;

/** The page of the example static-react-task in a real browser. */
@SuppressWarnings("NullAway.Init")
final class ExamplePageTest {
    private static final Path EXAMPLE = Path.of("../../distribution/examples/static-react-task")
            .toAbsolutePath()
            .normalize();

    private static TestBrowser browser;

    @TempDir
    private Path folder;

    private PageServer server;

    @BeforeAll
    static void startBrowser() {
        browser = TestBrowser.start();
    }

    @AfterAll
    static void stopBrowser() {
        browser.close();
    }

    @BeforeEach
    void serveExample() throws IOException {
        BlueprintFactory factory = new StaticReactTaskBlueprintFactory();
        Blueprint blueprint = factory.create(TestContext.of(
                factory, EXAMPLE, "{task_source: bundle.js, extra_source_dir: pictures, data_json: captions.json}"));
        blueprint.taskBuilder().buildInDir(folder);
        server = PageServer.serving(folder);
        server.give(
                "agent-1",
                blueprint.assignments().findFirst().orElseThrow().shared().toString());
    }

    @AfterEach
    void stop() {
        browser.endVisits();
        server.close();
    }

    @Test
    void aCaptionIsChosenByKeyboard() {
        Page page = browser.newVisitor();
        page.navigate(server.workerUrl());
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("Which caption describes the picture better?");

        page.keyboard().press("1");
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        page.waitForFunction("window.handedOver !== undefined");

        assertThat(server.received("/submit_task")
                        .getFirst()
                        .json()
                        .path("final_data")
                        .toString())
                .isEqualTo("{\"id\":\"p1\",\"choice\":0,\"caption\":\"A red boat lies in a calm bay under a low sun.\","
                        + "\"reason\":\"It is more accurate\"}");
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("Thank you");
    }

    @Test
    void thePictureIsServedBesideThePage() {
        Page page = browser.newVisitor();
        page.navigate(server.workerUrl());
        assertThat(page.locator("img")).isVisible();

        page.waitForFunction("document.querySelector('img').naturalWidth > 0");
    }

    @Test
    void aPhoneNeedsNoSidewaysScrolling() {
        Page page = browser.newVisitor(360, 740);
        page.navigate(server.workerUrl());

        assertThat(page.getByText("Submit")).isVisible();

        assertThat(page.evaluate("document.documentElement.scrollWidth <= 360")).isEqualTo(true);
    }
}
