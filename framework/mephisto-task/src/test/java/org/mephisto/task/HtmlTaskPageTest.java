package org.mephisto.task;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The static HTML task's page in a real browser. */
@SuppressWarnings("NullAway.Init")
final class HtmlTaskPageTest {
    private static final String FORM = """
            <h1>Name ${thing}</h1>
            <p id="ids">${mephisto_agent_id} ${provider_worker_id} ${unknown}</p>
            <label>Answer <input name="answer" required></label>
            <label>First <input type="checkbox" name="tag" value="first"></label>
            <label>Second <input type="checkbox" name="tag" value="second"></label>
            <label>Proof <input type="file" name="file1"></label>
            """;

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
        write("index.html", """
                <!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Test</title>
                <body><div id="app"></div><script src="wrap_crowd_source.js"></script><script src="bundle.js"></script></body></html>
                """);
        try (InputStream script = Objects.requireNonNull(
                HtmlTaskPageTest.class.getResourceAsStream("/mephisto-task/html-task.js"),
                "html-task.js is not built")) {
            Files.copy(script, folder.resolve("bundle.js"));
        }
        write("task.html", FORM);
        server = PageServer.serving(folder);
        server.give("agent-1", "{\"thing\": \"a <b>bold</b> thing\", \"html\": \"task.html\"}");
        page = browser.newVisitor();
        page.onDialog(Dialog::accept);
    }

    @AfterEach
    void stopServer() {
        browser.endVisits();
        server.close();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Locator submit() {
        return page.locator("#html-task-submit-button");
    }

    private Locator banner() {
        return page.locator("#mephisto-task-status .strip");
    }

    private void answer(String text) {
        page.getByLabel("Answer").fill(text);
    }

    private void waitUntilHandedOver() {
        page.waitForFunction("window.handedOver !== undefined");
    }

    @Test
    void registrationSendsWhatTheProviderSaysOfTheWorker() {
        page.navigate(server.workerUrl());
        assertThat(submit()).isVisible();

        PageServer.Received registration = server.received("/request_agent").getFirst();

        assertThat(registration.json().path("provider_data").path("worker_name").asText())
                .isEqualTo("ada");
        assertThat(registration
                        .json()
                        .path("provider_data")
                        .path("agent_registration_id")
                        .asText())
                .isEqualTo("visit-1-ada");
        assertThat(registration.json().path("client_timestamp").asDouble()).isGreaterThan(1.7e9);
        assertThat(registration.query()).isEqualTo("from=test");
    }

    @Test
    void fieldsAreFilledInAsTheyAre() {
        page.navigate(server.workerUrl());

        assertThat(page.getByRole(AriaRole.HEADING)).hasText("Name a bold thing");
        assertThat(page.locator("#ids")).hasText("agent-1 ada ${unknown}");
    }

    @Test
    void fieldsAreEscapedWhereTheTaskAsksForIt() {
        server.configure("escape_html", true);

        page.navigate(server.workerUrl());

        assertThat(page.getByRole(AriaRole.HEADING)).hasText("Name a <b>bold</b> thing");
    }

    @Test
    void aFormIsFilledAndSubmittedByKeyboardAlone() {
        page.navigate(server.workerUrl());
        assertThat(submit()).isVisible();

        page.keyboard().press("Tab");
        page.keyboard().type("forty-two");
        page.keyboard().press("Tab");
        page.keyboard().press("Space");
        page.keyboard().press("Tab");
        page.keyboard().press("Space");
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        waitUntilHandedOver();

        PageServer.Received submission = server.received("/submit_task").getFirst();
        assertThat(submission.part("USED_AGENT_ID").text()).isEqualTo("agent-1");
        assertThat(submission.part("final_string_data").text())
                .isEqualTo("{\"answer\":\"forty-two\",\"tag\":\"second\",\"file1\":{}}");
        assertThat(page.evaluate("window.handedOver"))
                .isEqualTo("{\"answer\":\"forty-two\",\"tag\":\"second\",\"file1\":{}}");
        assertThat(page.getByText("Your answers are saved.")).isVisible();
    }

    @Test
    void aFileIsUploadedWithTheForm() {
        page.navigate(server.workerUrl());
        answer("see file");
        page.getByLabel("Proof")
                .setInputFiles(new FilePayload("proof.txt", "text/plain", "evidence".getBytes(StandardCharsets.UTF_8)));

        submit().click();
        waitUntilHandedOver();

        PageServer.Received submission = server.received("/submit_task").getFirst();
        assertThat(submission.part("file1")).isEqualTo(new Part("evidence", "proof.txt"));
        assertThat(submission.part("final_string_data").text())
                .contains("\"file1\":{\"lastModified\":")
                .contains("\"name\":\"proof.txt\",\"size\":8,\"type\":\"text/plain\"}");
    }

    @Test
    void aFailedSubmissionIsTriedAgainUntilItIsSaved() {
        server.fail("/submit_task", 503, -1, 429);
        page.navigate(server.workerUrl());
        answer("patience");

        submit().click();

        assertThat(banner()).containsText("Your answers are not saved yet. Keep this page open");
        assertThat(banner()).containsText("Trying again");
        assertThat(page.evaluate("window.handedOver === undefined")).isEqualTo(true);
        waitUntilHandedOver();
        assertThat(banner()).containsText("Your answers are saved.");
        assertThat(server.received("/submit_task")).hasSize(4);
        assertThat(page.evaluate("localStorage.length")).isEqualTo(0);
    }

    @Test
    void theNextTryCanBeMadeAtOnce() {
        server.failSubmissions(true);
        page.navigate(server.workerUrl());
        answer("now");
        submit().click();
        assertThat(banner()).containsText("not saved yet");

        server.failSubmissions(false);
        banner().getByRole(AriaRole.BUTTON).click();

        waitUntilHandedOver();
    }

    @Test
    void aSubmissionOutlivesAReload() {
        server.failSubmissions(true);
        page.navigate(server.workerUrl());
        answer("still here");
        submit().click();
        assertThat(banner()).containsText("not saved yet");

        page.reload();
        assertThat(page.getByText("Your answers from before are being saved.")).isVisible();
        assertThat(banner()).containsText("not saved yet");
        server.failSubmissions(false);
        waitUntilHandedOver();

        List<PageServer.Received> submissions = server.received("/submit_task");
        assertThat(submissions.getLast().part("final_string_data").text()).contains("still here");
        assertThat(page.evaluate("localStorage.length")).isEqualTo(0);
    }

    @Test
    void aSubmissionWithAFileOutlivesAReload() {
        server.failSubmissions(true);
        page.navigate(server.workerUrl());
        answer("with file");
        page.getByLabel("Proof")
                .setInputFiles(new FilePayload("proof.txt", "text/plain", "evidence".getBytes(StandardCharsets.UTF_8)));
        submit().click();
        assertThat(banner()).containsText("not saved yet");

        page.reload();
        assertThat(banner()).containsText("not saved yet");
        server.failSubmissions(false);
        waitUntilHandedOver();

        PageServer.Received last = server.received("/submit_task").getLast();
        assertThat(last.part("file1")).isEqualTo(new Part("evidence", "proof.txt"));
        assertThat(last.part("USED_AGENT_ID").text()).isEqualTo("agent-1");
    }

    @Test
    void aRefusedSubmissionIsToldAndNotTriedAgain() {
        server.fail("/submit_task", 413);
        page.navigate(server.workerUrl());
        answer("too much");

        submit().click();

        assertThat(banner()).containsText("Your answers were not saved. The test says 413.");
        assertThat(submit()).isEnabled();
        assertThat(page.evaluate("localStorage.length")).isEqualTo(0);
        submit().click();
        waitUntilHandedOver();
        assertThat(server.received("/submit_task")).hasSize(2);
    }

    @Test
    void aRefusedWorkerReadsTheReasonAsItIs() {
        server.refuse("You have done all <3> units that one person may do. Thank you!");

        page.navigate(server.workerUrl());

        assertThat(page.getByText("You have done all <3> units that one person may do. Thank you!"))
                .isVisible();
        assertThat(submit()).hasCount(0);
    }

    @Test
    void aPreviewAsksForNothingButTheConfiguration() throws IOException {
        write("preview.html", "<h1>What you would do</h1>");

        page.navigate(server.url(""));

        assertThat(page.getByText("What you would do")).isVisible();
        assertThat(server.received("/task_config.json")).isNotEmpty();
        assertThat(server.received("/request_agent")).isEmpty();
        assertThat(submit()).hasCount(0);
    }

    @Test
    void anUnreachableServerIsTriedAgain() {
        server.fail("/task_config.json", 500);
        server.fail("/request_agent", -1);

        page.navigate(server.workerUrl());

        assertThat(banner()).containsText("The task cannot be reached at the moment.");
        assertThat(submit()).isVisible();
        assertThat(banner()).isHidden();
    }

    @Test
    void topLevelScriptsRunInOrderInTheGlobalScope() throws IOException {
        write("first.js", "var order = ['external'];");
        write("task.html", """
                <script src="first.js"></script>
                <script>order.push('inline'); function later() { order.push('called'); }</script>
                <script>later();</script>
                <p>Task</p>
                """);

        page.navigate(server.workerUrl());

        page.waitForFunction("window.order && window.order.length === 3");
        assertThat(page.evaluate("window.order.join()")).isEqualTo("external,inline,called");
    }

    @Test
    void aTaskMayHideTheSubmitButtonAndSubmitByItself() throws IOException {
        write("task.html", """
                <input type="hidden" name="answer" value="by script"><button type="button" onclick="this.form.submit()">Done</button>
                <script>_MEPHISTO_CONFIG_.set("HIDE_SUBMIT_BUTTON", true);</script>
                """);

        page.navigate(server.workerUrl());
        page.getByText("Done").click();
        waitUntilHandedOver();

        assertThat(server.received("/submit_task")
                        .getFirst()
                        .part("final_string_data")
                        .text())
                .isEqualTo("{\"answer\":\"by script\"}");
    }

    @Test
    void anOnboardingIsSubmittedAsJsonAndTheUnitFollows() throws IOException {
        write("onboarding.html", "<label>Colour of ${fruit} <input name=\"colour\"></label>");
        server.give("onboarding_5", "{\"fruit\": \"a banana\"}");
        server.giveAfterOnboarding("agent-2", "{\"thing\": \"x\", \"html\": \"task.html\"}");
        server.fail("/submit_onboarding", 502);
        page.navigate(server.workerUrl());

        page.getByLabel("Colour of a banana").fill("yellow");
        submit().click();

        assertThat(page.locator("#ids")).containsText("agent-2");
        assertThat(submit()).isEnabled();
        PageServer.Received onboarding = server.received("/submit_onboarding").getLast();
        assertThat(onboarding.json().path("provider_data").toString())
                .isEqualTo("{\"USED_AGENT_ID\":\"onboarding_5\",\"onboarding_data\":{\"colour\":\"yellow\"}}");
        assertThat(server.received("/submit_task")).isEmpty();
    }

    @Test
    void theBannerFitsANarrowScreenAndIsRead() {
        page.setViewportSize(360, 640);
        server.failSubmissions(true);
        page.navigate(server.workerUrl());
        answer("narrow");
        submit().click();

        assertThat(banner()).containsText("not saved yet");
        assertThat(page.locator("#mephisto-task-status [role=status][aria-live=polite]"))
                .containsText("not saved yet");
        assertThat(page.evaluate("document.documentElement.scrollWidth <= 360")).isEqualTo(true);
    }
}
