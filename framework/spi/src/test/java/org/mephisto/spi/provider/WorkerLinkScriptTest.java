package org.mephisto.spi.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;

/** Runs {@code wrap_crowd_source.js} in a real browser, at the width of a phone. */
final class WorkerLinkScriptTest {
    private static final URI TASK_URL = URI.create("http://task.test/");

    private static Playwright playwright;
    private static Browser browser;

    private Page page;

    @BeforeAll
    static void startBrowser() {
        Path chromium = Path.of(Objects.requireNonNullElse(System.getenv("CHROMIUM_PATH"), "/usr/bin/chromium"));
        assertThat(Files.isExecutable(chromium))
                .as("Chromium at \"%s\": install the package chromium, or set CHROMIUM_PATH", chromium)
                .isTrue();
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of(
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PLAYWRIGHT_SKIP_VALIDATE_HOST_REQUIREMENTS", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                // What each window has for its address bar's suggestions: two pages that nobody sees.
                                "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup")));
    }

    @AfterAll
    static void stopBrowser() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void openPage() {
        page = browser.newPage(new Browser.NewPageOptions().setViewportSize(360, 640));
    }

    @AfterEach
    void closePage() {
        page.close();
    }

    @ParameterizedTest
    @CsvSource({"mock, worker_id, assignment_id", "inhouse, worker_id, id"})
    void pageKnowsWhoComesByTheLink(String providerType, String workerParameter, String visitParameter) {
        WorkerLink link = new WorkerLink(providerType, workerParameter, visitParameter);

        open(link, link.url(TASK_URL, "a&b ü+1", "x/7"));

        assertThat(page.evaluate("getWorkerName()")).isEqualTo("a&b ü+1");
        assertThat(page.evaluate("getAssignmentId()")).isEqualTo("x/7");
        assertThat(page.evaluate("getAgentRegistration(12)"))
                .isEqualTo(Map.of(
                        "worker_name", "a&b ü+1",
                        "agent_registration_id", "x/7-a&b ü+1",
                        "assignment_id", "x/7",
                        "provider_type", providerType));
    }

    @Test
    void whatThePageSendsIsTheNameInTheLink() {
        WorkerLink link = new WorkerLink("mock", "worker_id", "assignment_id");
        open(link, link.url(TASK_URL, "Zoë 100% <b>\"'", "1"));

        Object sent = page.evaluate("getAgentRegistration()");

        assertThat(link.workerName(JsonValue.of(sent))).isEqualTo("Zoë 100% <b>\"'");
    }

    @Test
    void pageWithoutNameOrVisitIsPreview() {
        openMock("http://task.test/");

        assertThat(page.evaluate("getWorkerName()")).isNull();
        assertThat(page.evaluate("getAssignmentId()")).isNull();
    }

    @Test
    void emptyNameIsNoPreview() {
        openMock("http://task.test/?worker_id=&assignment_id=1");

        assertThat(page.evaluate("getWorkerName()")).isEqualTo("");
    }

    @ParameterizedTest
    @CsvSource({"'handleSubmitToProvider({label: \"good\"})'", "'handleSubmitToProvider(JSON.stringify({label: 1}))'"})
    void submittedWorkIsThankedForWithLinkToTheNextUnit(String call) {
        openMock("http://task.test/room?worker_id=ann%20b&assignment_id=1&lang=de#top");

        Object answer = page.evaluate(call);

        assertThat(answer).isEqualTo(true);
        assertThat(page.getByRole(AriaRole.DIALOG).innerText()).contains("Thank you!", "Your work is saved");
        String href = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Next unit"))
                .getAttribute("href");
        assertThat(href)
                .startsWith("http://task.test/room?")
                .contains("lang=de")
                .doesNotContain("#");
        page.navigate(href);
        assertThat(page.evaluate("getWorkerName()")).isEqualTo("ann b");
        assertThat(page.evaluate("getAssignmentId()")).asString().matches("v[0-9a-f]{24}");
    }

    @Test
    void everyNextUnitIsAnotherVisit() {
        openMock("http://task.test/?worker_id=ann&assignment_id=1");
        String link = "handleSubmitToProvider({}), document.querySelector('#mephisto-next-unit').href";

        Object first = page.evaluate(link);
        Object second = page.evaluate(link);

        assertThat(first).isNotEqualTo(second);
        assertThat(page.locator("dialog").count()).isEqualTo(1);
    }

    @Test
    void thanksFitPhoneAndCanBePutAside() {
        openMock("http://task.test/?worker_id=ann&assignment_id=1");

        page.evaluate("handleSubmitToProvider({})");

        var card = page.getByRole(AriaRole.DIALOG).boundingBox();
        assertThat(card.x).isGreaterThanOrEqualTo(0);
        assertThat(card.x + card.width).isLessThanOrEqualTo(360);
        assertThat(page.getByRole(AriaRole.LINK).boundingBox().height).isGreaterThanOrEqualTo(44);
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("mephisto-next-unit");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stay on this page"))
                .click();
        assertThat(page.getByRole(AriaRole.DIALOG).count()).isZero();
    }

    @Test
    void settingsHaveTheirDefaults() {
        openMock("http://task.test/");

        assertThat(page.evaluate("_MEPHISTO_CONFIG_.get('AUTO_SUBMIT_ERRORS')")).isEqualTo(false);
        assertThat(page.evaluate("_MEPHISTO_CONFIG_.get('ADD_ERROR_HANDLING')")).isEqualTo(false);
        assertThat(page.evaluate("_MEPHISTO_CONFIG_.get('ERROR_REPORT_TO_EMAIL')"))
                .isNull();
        assertThat(page.evaluate("_MEPHISTO_CONFIG_.get('HIDE_SUBMIT_BUTTON')")).isEqualTo(false);
    }

    @Test
    void absentSettingThrows() {
        openMock("http://task.test/");

        assertThatThrownBy(() -> page.evaluate("_MEPHISTO_CONFIG_.get('NOT_THERE')"))
                .hasMessageContaining("NOT_THERE");
        assertThatThrownBy(() -> page.evaluate("_MEPHISTO_CONFIG_.get('toString')"))
                .hasMessageContaining("toString");
    }

    @Test
    void changedSettingReachesItsListenersUntilTheyLeave() {
        openMock("http://task.test/");

        Object heard = page.evaluate("""
                (() => {
                  const heard = [];
                  const off = _MEPHISTO_CONFIG_.EVENT_EMITTER.on("HIDE_SUBMIT_BUTTON", value => heard.push(value));
                  _MEPHISTO_CONFIG_.set("HIDE_SUBMIT_BUTTON", true);
                  _MEPHISTO_CONFIG_.set("OTHER", 1);
                  off();
                  _MEPHISTO_CONFIG_.set("HIDE_SUBMIT_BUTTON", false);
                  return heard;
                })()
                """);

        assertThat(heard).isEqualTo(List.of(true));
        assertThat(page.evaluate("_MEPHISTO_CONFIG_.get('HIDE_SUBMIT_BUTTON')")).isEqualTo(false);
    }

    @Test
    void errorsOfThePageAreShownOnlyIfItAsksForIt() {
        openMock("http://task.test/");

        page.evaluate("window.dispatchEvent(new ErrorEvent('error', {error: new Error('first')}))");
        assertThat(page.getByRole(AriaRole.DIALOG).count()).isZero();
        page.evaluate("_MEPHISTO_CONFIG_.set('ADD_ERROR_HANDLING', true)");
        page.evaluate("_MEPHISTO_CONFIG_.set('ERROR_REPORT_TO_EMAIL', 'help@task.test')");
        page.evaluate("window.dispatchEvent(new ErrorEvent('error', {error: new Error('second')}))");

        assertThat(page.getByRole(AriaRole.DIALOG).innerText()).contains("help@task.test");
        assertThat(page.locator("textarea").inputValue()).contains("second").doesNotContain("first");
    }

    private void openMock(String url) {
        open(new WorkerLink("mock", "worker_id", "assignment_id"), URI.create(url));
    }

    /** Serves a page with the script wherever the browser goes, and nothing else. */
    private void open(WorkerLink link, URI url) {
        page.route(
                "**/*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/html; charset=utf-8")
                        .setBody("<!doctype html><title>Task</title><body><p>Work</p><script>" + link.script()
                                + "</script>")));
        page.navigate(url.toString());
        assertThat(Json.write(page.evaluate("typeof handleSubmitToProvider"))).isEqualTo("\"function\"");
    }
}
