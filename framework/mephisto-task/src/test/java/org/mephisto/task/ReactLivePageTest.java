package org.mephisto.task;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** The hooks of live tasks, in React's strict mode, in a real browser. */
final class ReactLivePageTest extends LiveFixture {
    @Override
    String script() {
        return "/pages/react-live-page.js";
    }

    private Locator heading() {
        return page.getByRole(AriaRole.HEADING);
    }

    private void click(String button) {
        page.getByText(button, new Page.GetByTextOptions().setExact(true)).click();
    }

    private static void answer(LiveSocket socket, JsonNode call, String fields) throws Exception {
        socket.sendUpdate("{\"handles\": \"" + call.path("request_id").asText() + "\", " + fields + "}");
    }

    @Test
    void aConversationGoesBothWays() throws Exception {
        LiveSocket socket = open();
        assertThat(heading()).hasText("Connected");
        assertThat(page.locator("#status")).hasText("in task");

        click("Send");
        JsonNode sent = socket.nextUpdate();
        assertThat(page.locator("li")).hasText(new String[] {"sent hello string"});
        socket.sendUpdate("{\"update_id\": \"1\", \"text\": \"hi\"}");
        socket.sendUpdate("{\"update_id\": \"1\", \"text\": \"hi\"}");
        socket.sendUpdate("{\"update_id\": \"2\", \"text\": \"there\"}");
        click("Send data");

        assertThat(page.locator("li")).hasText(new String[] {"sent hello string", "hi to agent-1", "there to agent-1"});
        assertThat(sent.path("text").asText()).isEqualTo("hello");
        assertThat(socket.nextUpdate().path("text").asText()).isEqualTo("data");
        assertThat(page.evaluate("connections.join() + ' ' + statuses.join()"))
                .isEqualTo("initializing,connected in task");
        assertThat(server.hasNoFurtherSocket()).isTrue();
    }

    @Test
    void aReturningPageShowsWhatWasSaidFirst() throws Exception {
        pages.give(
                "agent-1",
                "{\"past_live_updates\": [{\"update_id\": \"1\", \"text\": \"one\"}, {\"update_id\": \"2\", \"text\": \"two\"}]}");
        LiveSocket socket = open();

        socket.sendUpdate("{\"update_id\": \"2\", \"text\": \"two\"}");
        socket.sendUpdate("{\"update_id\": \"3\", \"text\": \"three\"}");

        assertThat(page.locator("li")).hasText(new String[] {"one to agent-1", "two to agent-1", "three to agent-1"});
    }

    @Test
    void theEndOfTheTaskIsThePagesToTell() throws Exception {
        LiveSocket socket = open();
        assertThat(heading()).hasText("Connected");

        socket.sendStatus("expired");

        assertThat(page.locator("#status")).containsText("takes no more work");
        assertThat(heading()).hasText("Away");
        assertThat(notice()).isHidden();
    }

    @Test
    void aPageMayBringItsOwnConnection() {
        page.addInitScript(
                "window.customConnectionHook = (given) => ({ connect: (id) => given.onLiveUpdate({ text: 'own' }),"
                        + " destroy() {}, sendLiveUpdate: (data) => Promise.resolve({ ...data, update_id: 'u' }) })");
        page.navigate(server.workerUrl());

        click("Send");

        assertThat(page.locator("li").last()).hasText("sent hello string");
        assertThat(page.locator("li").first()).hasText("own to agent-1");
        assertThat(server.hasNoFurtherSocket()).isTrue();
    }

    @Test
    void whatElseAPagesOwnConnectionReturnsIsGivenToo() {
        page.addInitScript(
                "window.customConnectionHook = () => ({ connect() {}, destroy() {}, sendLiveUpdate: () => 'update',"
                        + " sendData: () => 'data', quality: 'good', connectionStatus: 'its own' })");
        page.navigate(server.workerUrl());

        waitFor("window.task && !task.isLoading");

        assertThat(page.evaluate(
                        "[task.quality, task.sendLiveUpdate(), task.sendData(), task.connectionStatus].join()"))
                .isEqualTo("good,update,data,");
    }

    @Test
    void theLibrarysConnectionAddsNothingElse() throws Exception {
        open();

        waitFor("window.task && !task.isLoading");

        assertThat(page.evaluate("['getState', 'subscribe', 'submit', 'onLiveUpdate'].filter((name) => name in task)"
                        + ".join()"))
                .isEqualTo("");
    }

    @Test
    void remoteCallsMayGoOverAPagesOwnConnection() {
        page.addInitScript("localStorage.setItem('page', 'remote');"
                + " window.customConnectionHook = (given) => ({ connect: (id) => (window.connectedAs = id), destroy() {},"
                + " quality: 'good', sendLiveUpdate: async (update) => (given.onLiveUpdate({ handles: update.request_id,"
                + " response: JSON.stringify({ label: connectedAs }) }), update) })");
        page.navigate(server.workerUrl());

        click("Classify");

        assertThat(page.locator("#result")).hasText("answer agent-1");
        assertThat(page.evaluate("task.quality")).isEqualTo("good");
        assertThat(server.hasNoFurtherSocket()).isTrue();
    }

    @Test
    void aRemoteFunctionAnswers() throws Exception {
        LiveSocket socket = open("page", "remote");
        assertThat(heading()).hasText("agent-1");
        assertThat(page.locator("#props")).hasText("connect,destroy,sendLiveUpdate");

        for (String button : new String[] {"Classify", "Invoke", "Call"}) {
            click(button);
            answer(socket, socket.nextUpdate(), "\"response\": \"{\\\"label\\\": \\\"" + button + "\\\"}\"");
            assertThat(page.locator("#result")).hasText("answer " + button);
        }
    }

    @Test
    void aRemoteFunctionThatFailsRejects() throws Exception {
        LiveSocket socket = open("page", "remote");

        click("Classify");
        String error = "{\"code\": \"timed_out\", \"message\": \"No answer in 5 s.\"}";
        answer(socket, socket.nextUpdate(), "\"response\": \"{\\\"error\\\": {}}\", \"error\": " + error);

        assertThat(page.locator("#result")).hasText("failed timed_out: No answer in 5 s.");
    }

    @Test
    void remoteCallsEndWithTheTask() throws Exception {
        LiveSocket socket = open("page", "remote");
        assertThat(page.locator("#issue")).hasText("fine");
        click("Classify");
        socket.nextUpdate();

        socket.sendStatus("timeout");

        assertThat(page.locator("#issue")).containsText("The time for this task is over");
        assertThat(page.locator("#result")).containsText("failed ended: The time for this task is over");
        click("Call");
        assertThat(page.locator("#result")).containsText("failed ended: The time for this task is over");
    }

    @Test
    void remoteCallsEndWithTheirAgent() throws Exception {
        pages.give("onboarding_3", "{}");
        pages.giveAfterOnboarding("agent-9", "{}");
        LiveSocket onboarding = open("page", "remote");
        assertThat(heading()).hasText("onboarding_3");
        click("Classify");
        onboarding.nextUpdate();

        page.evaluate("() => { task.handleSubmit({}).then(() => task.makeRemoteCall('soon').then((answer) =>"
                + " (window.soon = answer))); }");

        assertThat(heading()).hasText("agent-9");
        assertThat(page.locator("#result")).containsText("failed closed: The worker went on as another agent");
        LiveSocket unit = nextSocket();
        answer(unit, unit.nextUpdate(), "\"response\": \"1\"");
        waitFor("window.soon === 1");
    }

    @Test
    void aSocketOfTheComponentsOwn() throws Exception {
        LiveSocket socket = open("page", "socket");
        assertThat(heading()).hasText("initializing,connected,in task");

        click("Send");
        JsonNode sent = socket.nextUpdate();
        socket.sendUpdate("{\"text\": \"back\"}");
        assertThat(heading()).containsText("in task,back");
        click("Destroy");

        assertThat(socket.closes()).isTrue();
        assertThat(sent.path("text").asText()).isEqualTo("own");
    }

    @Test
    void aBrowserWithoutSocketsIsBlocked() {
        page.addInitScript("delete window.WebSocket");

        page.navigate(server.workerUrl());

        assertThat(heading()).hasText("no_websockets");
    }
}
