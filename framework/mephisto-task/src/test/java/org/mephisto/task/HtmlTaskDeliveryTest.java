package org.mephisto.task;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a submission that meets an error. */
@SuppressWarnings("NullAway.Init")
final class HtmlTaskDeliveryTest extends HtmlTaskFixture {
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
    void anUnreachableServerIsTriedAgain() {
        server.fail("/task_config.json", 500);
        server.breakOff("/request_agent");
        page.navigate(server.workerUrl());
        assertThat(banner()).containsText("The task cannot be reached at the moment.");

        server.mend("/request_agent");

        assertThat(submit()).isVisible();
        assertThat(banner()).isHidden();
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

    @Test
    void whatAnotherVisitCouldNotSaveIsSentUnseen() {
        server.failSubmissions(true);
        page.navigate(server.workerUrl());
        answer("from the first visit");
        submit().click();
        assertThat(banner()).containsText("not saved yet");

        server.failSubmissions(false);
        page.waitForResponse(
                response -> response.url().contains("/submit_task"),
                () -> page.navigate(server.url("?worker_id=ada&assignment_id=visit-2")));

        assertThat(submit()).isVisible();
        assertThat(banner()).isHidden();
        assertThat(server.received("/submit_task")
                        .getLast()
                        .part("final_string_data")
                        .text())
                .contains("from the first visit");
        page.waitForFunction("localStorage.length === 0");
        assertThat(page.evaluate("window.handedOver === undefined")).isEqualTo(true);
    }
}
