package org.mephisto.task;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a static HTML task shows, and what it hands in. */
@SuppressWarnings("NullAway.Init")
final class HtmlTaskPageTest extends HtmlTaskFixture {
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
}
