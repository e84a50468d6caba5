package org.mephisto.task;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a live page does when its connection fails. */
final class LiveReconnectTest extends LiveFixture {
    private static final String FAST = "{\"heartbeatTime\": 300, \"refreshSocketMissedResponses\": 4}";

    /** Opens a page whose server has acknowledged an update and now stops to. */
    private LiveSocket openToDeafServer() throws InterruptedException {
        LiveSocket socket = open();
        page.evaluate("send({ text: 'known' })");
        socket.nextUpdate();
        waitFor("sent.length === 1");
        socket.behave(LiveManners.OURS.acknowledgingNothing());
        return socket;
    }

    @Test
    void whatIsNotAcknowledgedIsSentAgainOnTheNextSocketInOrder() throws Exception {
        LiveSocket socket = openToDeafServer();
        page.evaluate("() => { send({ i: 1 }); send({ i: 2 }); }");
        List<JsonNode> before = socket.next(2);

        socket.cut();
        List<JsonNode> after = nextSocket().next(2);

        assertThat(after).isEqualTo(before);
        waitFor("sent.length === 3");
        assertThat(page.evaluate("sent.slice(1).map((data) => data.i).join()")).isEqualTo("1,2");
    }

    @Test
    void whatIsAcknowledgedIsNotSentAgain() throws Exception {
        LiveSocket socket = open();
        page.evaluate("send({ i: 1 })");
        socket.nextUpdate();
        waitFor("sent.length === 1");

        socket.cut();

        assertThat(nextSocket().isQuietUntilTheNextHeartbeat()).isTrue();
    }

    @Test
    void theSocketIsReopenedAtOnceAlthoughThereIsNothingToSend() throws Exception {
        LiveSocket socket = open();
        long cutAt = System.nanoTime();

        socket.cut();
        nextSocket();

        assertThat((System.nanoTime() - cutAt) / 1_000_000).isLessThan(3_000);
        waitFor("connections.join() === 'initializing,connected,reconnecting_router,connected'");
    }

    @Test
    void whatIsSentWhileTheNetworkIsAwayArrivesAfterwards() throws Exception {
        open();
        server.unplug();
        assertThat(notice()).containsText("The connection is lost.");
        page.evaluate("for (let i = 0; i < 10; i++) send({ i })");

        server.plugIn();

        assertThat(nextSocket().next(10))
                .extracting(packet -> packet.at("/data/i").asInt())
                .isSorted()
                .hasSize(10);
        waitFor("sent.length === 10");
        assertThat(notice()).isHidden();
    }

    @Test
    void aReloadLosesNothing() throws Exception {
        LiveSocket socket = openToDeafServer();
        page.evaluate("() => { send({ i: 1 }); send({ i: 2 }); }");
        List<JsonNode> before = socket.next(2);

        page.reload();
        LiveSocket reloaded = nextSocket();

        assertThat(reloaded.next(2)).isEqualTo(before);
        page.evaluate("send({ i: 3 })");
        assertThat(reloaded.nextUpdate().path("i").asInt()).isEqualTo(3);
        waitFor("Object.keys(sessionStorage).length === 0");
    }

    @Test
    void aReloadForgetsWhatTheServerHasShownToHave() throws Exception {
        LiveSocket socket = openToDeafServer();
        page.evaluate("send({ i: 1 })");
        JsonNode update = socket.nextUpdate();
        pages.give("agent-1", "{\"past_live_updates\": [" + update + "]}");

        page.reload();

        assertThat(nextSocket().isQuietUntilTheNextHeartbeat()).isTrue();
    }

    @Test
    void aSocketWithoutAnswersToHeartbeatsIsReplaced() throws Exception {
        server.behave(LiveManners.OURS.pingBehind(null));
        LiveSocket silent = open("config", FAST);
        silent.nextHeartbeat();
        server.behave(LiveManners.OURS);

        LiveSocket next = nextSocket();

        assertThat(silent.closes()).isTrue();
        assertThat(next.isQuietUntilTheNextHeartbeat()).isTrue();
    }

    @Test
    void aSystemThatIsGoneIsShownAndWaitedFor() throws Exception {
        LiveSocket socket = open("config", FAST);
        waitFor("live.getState().agentStatus === 'in task'");
        socket.behave(LiveManners.OURS.acknowledgingNothing().pingBehind(21_000L));
        assertThat(notice()).containsText("does not answer at the moment");
        assertThat(page.evaluate("live.getState().connectionStatus")).isEqualTo("reconnecting_server");
        page.evaluate("send({ text: 'meanwhile' })");
        JsonNode sent = socket.nextUpdate();

        socket.behave(LiveManners.OURS);

        assertThat(socket.nextUpdate()).isEqualTo(sent);
        assertThat(notice()).isHidden();
        assertThat(page.evaluate("live.getState().connectionStatus")).isEqualTo("connected");
        assertThat(page.evaluate("live.getState().agentStatus")).isEqualTo("in task");
    }

    @Test
    void answersToHeartbeatsWithoutAUsableTimeChangeNothing() throws Exception {
        server.behave(LiveManners.OURS.pingBehind(null));
        LiveSocket socket = open("config", FAST);

        socket.nextHeartbeat();
        socket.send("heartbeat", "{\"last_mephisto_ping\": null}");
        socket.nextHeartbeat();
        socket.send("heartbeat", "{\"last_mephisto_ping\": 1763000000.25}");
        socket.nextHeartbeat();
        socket.send("heartbeat", "{}");
        socket.nextHeartbeat();
        socket.send("heartbeat", "{\"last_mephisto_ping\": 9999999999999}");
        socket.sendUpdate("{\"text\": \"still here\"}");

        waitFor("shown.includes('still here')");
        assertThat(page.evaluate("connections.join()")).isEqualTo("initializing,connected");
    }

    @Test
    void anUpdateThatTheServerWillNotTakeIsGivenUp() throws Exception {
        LiveSocket socket = openToDeafServer();
        page.evaluate("() => { send({ text: 'x'.repeat(50000) }); send({ text: 'small' }); }");
        socket.next(2);

        socket.close(1009);

        assertThat(nextSocket().nextUpdate().path("text").asText()).hasSize(5).isEqualTo("small");
        waitFor("sent.includes('too_large')");
    }

    @Test
    void thereIsABoundToWhatIsKept() throws Exception {
        open();
        server.unplug();
        waitFor("live.getState().connectionStatus === 'reconnecting_router'");

        page.evaluate("for (let i = 0; i <= 1000; i++) send({ i })");
        waitFor("sent.length === 1");
        Object refused = page.evaluate("sent[0]");
        server.plugIn();

        waitFor("sent.length === 1001");
        assertThat(refused).isEqualTo("too_many_updates");
        assertThat(nextSocket().next(1000))
                .extracting(packet -> packet.at("/data/i").asInt())
                .isSorted();
    }

    @Test
    void theBoundIsForWhatNobodyTakesForSentYet() throws Exception {
        server.behave(LiveManners.OURS.acknowledgingNothing());
        LiveSocket socket = open();

        page.evaluate("for (let i = 0; i < 1000; i++) send({ i })");
        waitFor("sent.length === 1000");
        page.evaluate("for (let i = 1000; i < 2000; i++) send({ i })");
        waitFor("sent.length === 2000");

        assertThat(page.evaluate("sent.filter((data) => data.update_id).length"))
                .isEqualTo(2000);
        assertThat(socket.next(2000))
                .extracting(packet -> packet.at("/data/i").asInt())
                .isSorted();
    }

    @Test
    void whatAServerWithoutAcknowledgementsHasHadForLongIsForgotten() throws Exception {
        server.behave(LiveManners.OURS.acknowledgingNothing());
        LiveSocket socket = open("config", FAST);
        page.evaluate("send({ text: 'once' })");
        assertThat(socket.nextUpdate().path("text").asText()).isEqualTo("once");

        waitFor("Object.keys(sessionStorage).length === 0");

        assertThat(socket.isQuietUntilTheNextHeartbeat()).isTrue();
        socket.cut();
        assertThat(nextSocket().isQuietUntilTheNextHeartbeat()).isTrue();
        assertThat(page.evaluate("sent.length")).isEqualTo(1);
    }

    @Test
    void whatAWorkingSocketDoesNotAcknowledgeIsSentAgain() throws Exception {
        LiveSocket socket = open("config", FAST);
        page.evaluate("send({ text: 'known' })");
        socket.nextUpdate();
        waitFor("sent.length === 1");
        socket.behave(LiveManners.OURS.acknowledgingNothing());
        page.evaluate("send({ text: 'dropped' })");
        JsonNode dropped = socket.nextUpdate();

        JsonNode again = socket.nextUpdate();
        socket.acknowledge(again.path("update_id").asText());

        assertThat(again).isEqualTo(dropped);
        waitFor("sent.length === 2");
    }

    @Test
    void aSubmissionThatWaitsIsToldBeforeALostConnection() throws Exception {
        open();
        server.unplug();
        assertThat(notice()).containsText("The connection is lost.");

        page.evaluate("() => { live.submit({ rating: 3 }); }");
        assertThat(notice()).containsText("Your answers are not saved yet.");
        server.plugIn();

        assertThat(notice()).containsText("Your answers are saved.");
        assertThat(pages.received("/submit_task")).hasSize(1);
    }

    @Test
    void heartbeatsGoOnWhereThePageMayNotHaveWorkers() throws Exception {
        addToHead("<meta http-equiv=\"Content-Security-Policy\" content=\"worker-src 'none'\">");

        LiveSocket socket = open("config", FAST);

        assertThat(socket.nextHeartbeat().path("subject_id").asText()).isEqualTo("agent-1");
        assertThat(socket.nextHeartbeat().path("subject_id").asText()).isEqualTo("agent-1");
    }

    @Test
    void heartbeatsGoOnWhereThePagesTimersDoNot() throws Exception {
        page.addInitScript("window.setInterval = () => 1");

        LiveSocket socket = open("config", FAST);

        assertThat(socket.nextHeartbeat().path("subject_id").asText()).isEqualTo("agent-1");
        assertThat(socket.nextHeartbeat().path("subject_id").asText()).isEqualTo("agent-1");
    }
}
