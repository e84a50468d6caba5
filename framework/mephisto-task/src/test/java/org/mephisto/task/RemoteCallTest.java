package org.mephisto.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions on the server that a page calls. */
final class RemoteCallTest extends LiveFixture {
    private static void answer(LiveSocket socket, JsonNode call, String response, String more) throws Exception {
        socket.sendUpdate(
                "{\"update_id\": \"answer to " + call.path("update_id").asText() + "\", \"handles\": \""
                        + call.path("request_id").asText() + "\", \"response\": \"" + response.replace("\"", "\\\"")
                        + "\"" + more + "}");
    }

    private static void fail(LiveSocket socket, JsonNode call) throws Exception {
        String error = "{\"code\": \"function_failed\", \"message\": \"No model.\"}";
        answer(socket, call, "{\"error\": " + error + "}", ", \"error\": " + error);
    }

    @Test
    void aCallIsAnswered() throws Exception {
        LiveSocket socket = open();
        page.evaluate(
                "() => { remote.remoteProcedure('classify')({ text: 'a' }).then((label) => (window.label = label)); }");
        JsonNode call = socket.nextUpdate();

        answer(socket, call, "{\"label\": \"cat\"}", "");

        waitFor("window.label !== undefined");
        assertThat(call.path("target").asText()).isEqualTo("classify");
        assertThat(call.path("args").asText()).isEqualTo("{\"text\":\"a\"}");
        assertThat(page.evaluate("label.label")).isEqualTo("cat");
    }

    @Test
    void eachCallGetsItsOwnAnswer() throws Exception {
        LiveSocket socket = open();
        page.evaluate("() => { window.answers = {}; for (const name of ['a', 'b'])"
                + " remote.makeRemoteCall(name).then((answer) => (answers[name] = answer)); }");
        JsonNode a = socket.nextUpdate();
        JsonNode b = socket.nextUpdate();

        answer(socket, b, "2", "");
        answer(socket, a, "1", "");

        waitFor("answers.a && answers.b");
        assertThat(page.evaluate("[answers.a, answers.b].join()")).isEqualTo("1,2");
    }

    @Test
    void aFailedCallRejectsWithItsError() throws Exception {
        LiveSocket socket = open();
        page.evaluate(
                "() => { remote.remoteProcedure('classify').invoke({}).catch((error) => (window.failure = error)); }");

        fail(socket, socket.nextUpdate());

        waitFor("window.failure !== undefined");
        assertThat(page.evaluate("[failure instanceof Error, failure.code, failure.message].join()"))
                .isEqualTo("true,function_failed,No model.");
    }

    @Test
    void anAnswerThatLooksLikeAnErrorIsStillAnAnswer() throws Exception {
        LiveSocket socket = open();
        page.evaluate("() => { remote.makeRemoteCall('lint', {}).then((answer) => (window.answer = answer)); }");

        answer(socket, socket.nextUpdate(), "{\"error\": \"a typo\"}", "");

        waitFor("window.answer !== undefined");
        assertThat(page.evaluate("answer.error")).isEqualTo("a typo");
    }

    @Test
    void anAnswerThatIsNoJsonRejects() throws Exception {
        LiveSocket socket = open();
        page.evaluate("() => { remote.makeRemoteCall('lint', {}).catch((error) => (window.failure = error)); }");

        answer(socket, socket.nextUpdate(), "oops", "");

        waitFor("window.failure !== undefined");
        assertThat(page.evaluate("failure.code")).isEqualTo("bad_response");
    }

    @Test
    void aCallbackIsGivenTheAnswer() throws Exception {
        LiveSocket socket = open();
        page.evaluate("() => { remote.makeRemoteCall({ targetEvent: 'classify', args: { text: 'a' },"
                + " callback: (label) => (window.label = label) }).then((answer) => (window.answer = answer)); }");
        JsonNode call = socket.nextUpdate();

        answer(socket, call, "{\"label\": \"cat\"}", "");

        waitFor("window.label !== undefined && window.answer !== undefined");
        assertThat(call.path("target").asText()).isEqualTo("classify");
        assertThat(call.path("args").asText()).isEqualTo("{\"text\":\"a\"}");
        assertThat(page.evaluate("[label.label, answer.label].join()")).isEqualTo("cat,cat");
    }

    @Test
    void aCallbackIsNotGivenAnErrorWhichThePromiseHas() throws Exception {
        LiveSocket socket = open();
        page.evaluate("() => { window.called = 0; window.unhandled = 0; onunhandledrejection = () => unhandled++;"
                + " const callback = () => called++; const call = { targetEvent: 'classify', args: {}, callback };"
                + " remote.makeRemoteCall(call);"
                + " remote.makeRemoteCall(call).catch((error) => (window.failure = error)); }");

        fail(socket, socket.nextUpdate());
        fail(socket, socket.nextUpdate());

        waitFor("window.failure !== undefined");
        // Browsers tell of rejections that nobody handles before the next task.
        page.evaluate("new Promise((resolve) => setTimeout(resolve))");
        assertThat(page.evaluate("[failure.code, failure.message, called, unhandled].join()"))
                .isEqualTo("function_failed,No model.,0,0");
    }

    @Test
    void aPendingCallOutlivesItsConnection() throws Exception {
        LiveSocket first = open();
        page.evaluate("() => { window.answers = []; for (const name of ['heard', 'unheard'])"
                + " remote.makeRemoteCall(name).then((answer) => answers.push(answer)); }");
        JsonNode heard = first.nextUpdate();
        first.nextUpdate();
        first.behave(LiveManners.OURS.acknowledgingNothing());
        page.evaluate("() => { remote.makeRemoteCall('late').then((answer) => answers.push(answer)); }");
        JsonNode late = first.nextUpdate();

        first.cut();
        LiveSocket second = nextSocket();
        JsonNode again = second.nextUpdate();
        while (!again.equals(late)) {
            // An acknowledgement that was cut off with the connection: what it was for comes once more.
            assertThat(again.path("target").asText()).isNotEqualTo("late");
            again = second.nextUpdate();
        }
        answer(second, again, "\"late\"", "");
        answer(second, heard, "\"heard\"", "");

        waitFor("answers.length === 2");
        assertThat(page.evaluate("answers.join()")).isEqualTo("late,heard");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theEndOfTheOnboardingEndsItsCalls(boolean acknowledges) throws Exception {
        pages.give("onboarding_3", "{}");
        pages.giveAfterOnboarding("agent-9", "{}");
        server.behave(acknowledges ? LiveManners.OURS : LiveManners.OURS.acknowledgingNothing());
        LiveSocket onboarding = open();
        page.evaluate("() => { window.failures = []; window.answers = [];"
                + " remote.makeRemoteCall('slow').catch((error) => failures.push(error)); }");
        onboarding.nextUpdate();
        if (acknowledges) {
            waitFor("Object.keys(sessionStorage).length === 0");
        }

        page.evaluate("() => { live.submit({}).then(() => remote.makeRemoteCall('soon'))"
                + ".then((answer) => answers.push(answer), (error) => failures.push(error)); }");

        waitFor("failures.length === 1");
        assertThat(page.evaluate("[failures[0] instanceof Error, failures[0].code, failures[0].disconnected].join()"))
                .isEqualTo("true,closed,true");
        LiveSocket unit = nextSocket();
        answer(unit, unit.nextUpdate(), "\"soon\"", "");
        waitFor("answers.join() === 'soon'");
        assertThat(page.evaluate("failures.length")).isEqualTo(1);
    }

    @Test
    void theEndOfTheTaskEndsItsCalls() throws Exception {
        LiveSocket socket = open();
        page.evaluate("() => { remote.makeRemoteCall('slow').catch((error) => (window.failure = error)); }");
        socket.nextUpdate();

        socket.sendStatus("expired");

        waitFor("window.failure !== undefined");
        assertThat(page.evaluate("[failure.code, failure.disconnected].join()")).isEqualTo("ended,true");
    }
}
