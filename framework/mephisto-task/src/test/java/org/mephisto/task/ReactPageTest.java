package org.mephisto.task;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code useMephistoTask} in a React page in a real browser. */
@SuppressWarnings("NullAway.Init")
final class ReactPageTest {
    private static TestBrowser browser;

    @TempDir
    private Path folder;

    private PageServer server;
    private Page page;

    @BeforeAll
    static void startBrowser() {
        browser = TestBrowser.start();
    }

    @AfterAll
    static void stopBrowser() {
        browser.close();
    }

    @BeforeEach
    void startServer() throws IOException {
        Files.writeString(folder.resolve("index.html"), """
                <!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Test</title>
                <body><div id="app"></div><script src="wrap_crowd_source.js"></script><script src="bundle.js"></script></body></html>
                """);
        try (InputStream script = Objects.requireNonNull(
                ReactPageTest.class.getResourceAsStream("/pages/react-page.js"), "react-page.js is not built")) {
            Files.copy(script, folder.resolve("bundle.js"));
        }
        server = PageServer.serving(folder);
        server.give("agent-1", "{\"text\": \"hello\"}");
        page = browser.newVisitor();
        page.onDialog(Dialog::accept);
    }

    @AfterEach
    void stopServer() {
        browser.endVisits();
        server.close();
    }

    private Locator heading() {
        return page.getByRole(AriaRole.HEADING);
    }

    private void click(String button) {
        page.getByText(button, new Page.GetByTextOptions().setExact(true)).click();
    }

    @Test
    void anObjectIsSubmittedAsJsonAndHandedOver() {
        page.navigate(server.workerUrl());
        assertThat(page.locator("#data")).hasText("{\"text\":\"hello\"}");
        page.getByLabel("Answer").fill("42");

        click("Submit");
        page.waitForFunction("window.handedOver !== undefined");

        PageServer.Received submission = server.received("/submit_task").getFirst();
        assertThat(submission.contentType()).startsWith("application/json");
        assertThat(submission.json().path("USED_AGENT_ID").asText()).isEqualTo("agent-1");
        assertThat(submission.json().path("final_data").toString()).isEqualTo("{\"answer\":\"42\"}");
        assertThat(page.evaluate("window.handedOver.answer")).isEqualTo("42");
    }

    @Test
    void submittingTwiceSendsOnce() {
        page.navigate(server.workerUrl());
        page.getByLabel("Answer").fill("42");

        click("Submit");
        page.waitForFunction("window.handedOver !== undefined");
        click("Submit");
        click("Send tip");
        page.waitForResponse(response -> response.url().contains("/submit_metadata"), () -> click("Send tip"));

        assertThat(server.received("/submit_task")).hasSize(1);
    }

    @Test
    void formDataIsSubmittedAsMultipart() {
        page.navigate(server.workerUrl());
        page.getByLabel("Answer").fill("42");

        click("Submit with file");
        page.waitForFunction("window.handedOver !== undefined");

        PageServer.Received submission = server.received("/submit_task").getFirst();
        assertThat(submission.part("proof")).isEqualTo(new Part("evidence", "proof.txt"));
        assertThat(submission.part("final_string_data").text()).startsWith("{\"answer\":\"42\",\"proof\":{");
        assertThat(page.evaluate("typeof window.handedOver")).isEqualTo("string");
    }

    @Test
    void jsonOutlivesAReload() {
        server.failSubmissions(true);
        page.navigate(server.workerUrl());
        page.getByLabel("Answer").fill("kept");
        click("Submit");
        assertThat(page.locator("#mephisto-task-status .strip")).containsText("not saved yet");

        page.reload();
        assertThat(heading()).hasText("Loading");
        server.failSubmissions(false);
        page.waitForFunction("window.handedOver !== undefined");

        assertThat(page.evaluate("window.handedOver.answer")).isEqualTo("kept");
    }

    @Test
    void metadataGoesUnderItsType() {
        page.navigate(server.workerUrl());
        page.getByLabel("Answer").fill("look left");

        page.waitForResponse(response -> response.url().contains("/submit_metadata"), () -> click("Send tip"));

        assertThat(server.received("/submit_metadata")
                        .getFirst()
                        .json()
                        .path("metadata")
                        .toString())
                .isEqualTo("{\"tips\":{\"type\":\"tips\",\"header\":\"Hint\",\"text\":\"look left\"}}");
    }

    @Test
    void errorsAreReported() {
        page.navigate(server.workerUrl());

        page.waitForResponse(response -> response.url().contains("/log_error"), () -> click("Report"));

        assertThat(server.received("/log_error")
                        .getFirst()
                        .json()
                        .path("error_data")
                        .toString())
                .isEqualTo("{\"error\":\"broken\"}");
    }

    @Test
    void aBrokenComponentShowsANoticeAndIsHandled() {
        page.navigate(server.url("?worker_id=ada&assignment_id=visit-1&broken"));

        assertThat(heading()).hasText("This page has stopped working");
        assertThat(page.evaluate("window.handledError")).isEqualTo("fell over");
    }

    @Test
    void aRefusedWorkerReadsTheReason() {
        server.refuse("Come back tomorrow.");

        page.navigate(server.workerUrl());

        assertThat(heading()).hasText("Come back tomorrow.");
    }

    @Test
    void aPreviewIsOnlyShown() {
        page.navigate(server.url("?worker_id=ada"));

        assertThat(heading()).hasText("Preview");
        assertThat(server.received("/request_agent")).isEmpty();
    }

    @Test
    void aPhoneIsBlockedWhereTheTaskSaysSo() {
        server.configure("block_mobile", true);
        Page phone = browser.newVisitor(new Browser.NewContextOptions()
                .setUserAgent("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 Safari/604.1")
                .setIsMobile(true));

        phone.navigate(server.workerUrl());

        assertThat(phone.getByRole(AriaRole.HEADING)).containsText("does not work on phones");
        assertThat(server.received("/request_agent")).isEmpty();
    }

    @Test
    void anOnboardingLeadsToTheUnit() {
        server.give("onboarding_3", "{\"question\": 1}");
        server.giveAfterOnboarding("agent-9", "{\"text\": \"real\"}");
        page.navigate(server.workerUrl());
        assertThat(heading()).hasText("Onboarding");

        click("Submit");

        assertThat(heading()).hasText("Task");
        assertThat(page.locator("#data")).hasText("{\"text\":\"real\"}");
    }
}
