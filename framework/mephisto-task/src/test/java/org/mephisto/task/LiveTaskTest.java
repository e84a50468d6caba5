package org.mephisto.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a live page sends and shows while all is well. */
final class LiveTaskTest extends LiveFixture {
    @Test
    void aliveComesFirstAndAsksForAcknowledgements() throws Exception {
        page.navigate(server.workerUrl());

        JsonNode first = server.nextSocket().next();

        assertThat(first.path("packet_type").asText()).isEqualTo("alive");
        assertThat(first.path("subject_id").asText()).isEqualTo("agent-1");
        assertThat(first.at("/data/acknowledge").asBoolean()).isTrue();
        assertThat(first.at("/data/update_id").asText()).isNotEmpty();
        waitFor("live.getState().connectionStatus === 'connected' && live.getState().agentStatus === 'in task'");
        assertThat(page.evaluate("connections.join()")).isEqualTo("initializing,connected");
    }

    @Test
    void burstsLeaveInOrder() throws Exception {
        LiveSocket socket = open();

        page.evaluate("for (let i = 0; i < 100; i++) send({ i })");

        List<JsonNode> packets = socket.next(100);
        assertThat(packets)
                .extracting(packet -> packet.at("/data/i").asInt())
                .isSorted()
                .hasSize(100);
        assertThat(packets)
                .extracting(packet -> packet.path("client_timestamp").asDouble())
                .isSorted()
                .doesNotHaveDuplicates();
        waitFor("sent.length === 100");
        assertThat(page.evaluate("sent.every((data, i) => data.i === i && data.update_id)"))
                .isEqualTo(true);
    }

    @Test
    void timesIncreaseAlthoughTheClockIsPutBack() throws Exception {
        LiveSocket socket = open();

        page.evaluate(
                "() => { send({ i: 0 }); const now = Date.now; Date.now = () => now() - 3600000; send({ i: 1 }); send({ i: 2 }); }");

        assertThat(socket.next(3))
                .extracting(packet -> packet.path("client_timestamp").asDouble())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void anUpdateIsThroughWhenItIsAcknowledged() throws Exception {
        server.behave(LiveManners.OURS.acknowledgingNothing());
        LiveSocket socket = open();
        page.evaluate("() => { send({ i: 0 }); send({ i: 1 }); }");
        String first = socket.nextUpdate().path("update_id").asText();
        String second = socket.nextUpdate().path("update_id").asText();

        socket.acknowledge(second);
        waitFor("sent.length === 1");
        Object early = page.evaluate("sent[0].i");
        socket.acknowledge(first);
        waitFor("sent.length === 2");

        assertThat(early).isEqualTo(1);
    }

    @Test
    void aServerThatAcknowledgesNothingIsTakenAtItsSocketsWord() throws Exception {
        server.behave(LiveManners.OURS.acknowledgingNothing());
        LiveSocket socket = open();

        page.evaluate("send({ text: 'hello' })");

        assertThat(socket.nextUpdate().path("text").asText()).isEqualTo("hello");
        waitFor("sent.length === 1 && sent[0].text === 'hello'");
    }

    @Test
    void whatTheServerSendsIsShownOnce() throws Exception {
        pages.give("agent-1", "{\"past_live_updates\": [{\"update_id\": \"p\", \"text\": \"past\"}]}");
        LiveSocket socket = open();

        socket.sendUpdate("{\"update_id\": \"p\", \"text\": \"past\"}");
        socket.sendUpdate("{\"update_id\": \"1\", \"text\": \"one\"}");
        socket.sendUpdate("{\"update_id\": \"1\", \"text\": \"one\"}");
        socket.sendUpdate("{\"text\": \"nameless\"}");
        socket.sendUpdate("{\"text\": \"nameless\"}");
        socket.sendUpdate("{\"update_id\": \"2\", \"text\": \"two\"}");

        waitFor("shown.includes('two')");
        assertThat(page.evaluate("shown.join()")).isEqualTo("one,nameless,nameless,two");
    }

    @Test
    void anythingButAnObjectIsNoUpdate() throws Exception {
        open();

        Object error = page.evaluate("live.sendData(['a']).catch((error) => error.message)");

        assertThat(error).isEqualTo("A live update is an object.");
    }

    @Test
    void nothingIsSentBeforeThereIsAnAgent() {
        page.navigate(server.workerUrl().replace("&assignment_id=visit-1", ""));

        Object code = page.evaluate("live.sendLiveUpdate({}).catch((error) => error.code)");

        assertThat(code).isEqualTo("not_connected");
        assertThat(server.hasNoFurtherSocket()).isTrue();
    }

    @Test
    void aConnectionForTheUnitFollowsTheOnboarding() throws Exception {
        pages.give("onboarding_3", "{}");
        pages.giveAfterOnboarding("agent-9", "{\"task_data\": {\"real\": true}}");
        server.behave(LiveManners.OURS.status("onboarding"));
        LiveSocket onboarding = open();
        page.evaluate("send({ text: 'for the onboarding' })");
        assertThat(onboarding.nextUpdate().path("text").asText()).isEqualTo("for the onboarding");
        server.behave(LiveManners.OURS.status("waiting"));

        page.evaluate("live.submit({})");

        assertThat(server.nextSocket().next().path("subject_id").asText()).isEqualTo("agent-9");
        waitFor("live.getState().agentStatus === 'waiting'");
        assertThat(onboarding.closes()).isTrue();
    }
}
