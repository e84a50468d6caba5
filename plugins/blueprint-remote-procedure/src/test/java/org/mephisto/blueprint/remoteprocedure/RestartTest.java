package org.mephisto.blueprint.remoteprocedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;

/** What happens with a page whose calls an earlier process had begun to answer. */
@Timeout(30)
final class RestartTest {
    private final AtomicInteger calls = new AtomicInteger();
    private final Functions functions = Functions.of(
            Map.of(),
            Map.of("count", (args, state) -> {
                calls.incrementAndGet();
                return args;
            }),
            Path.of(""));

    static LiveUpdate call(String updateId, String requestId) {
        return new LiveUpdate(
                updateId,
                true,
                Instant.EPOCH,
                JsonValue.ofText("{\"update_id\":\"" + updateId + "\",\"request_id\":\"" + requestId
                        + "\",\"target\":\"count\",\"args\":\"1\"}"));
    }

    private static LiveUpdate answer(String updateId, String requestId) {
        return new LiveUpdate(
                updateId,
                false,
                Instant.EPOCH,
                JsonValue.ofText(
                        "{\"update_id\":\"" + updateId + "\",\"handles\":\"" + requestId + "\",\"response\":\"1\"}"));
    }

    @Test
    void whatWasSaidIsSaidAgainInItsOrderAndOnlyWhatIsOwedIsRun() throws Exception {
        List<LiveUpdate> record =
                List.of(call("u1", "r1"), call("u2", "r2"), answer("u3", "r2"), call("u4", "r3"), answer("u5", "r3"));
        ReturningAgent agent = new ReturningAgent(record);
        Thread code = Thread.ofVirtual().start(() -> run(agent));

        List<JsonValue> said = List.of(agent.nextSaid(), agent.nextSaid(), agent.nextSaid());

        assertThat(said.subList(0, 2))
                .containsExactly(record.get(2).data(), record.get(4).data());
        assertThat(said.get(2).node()).isEqualTo(Json.parse("{\"handles\": \"r1\", \"response\": \"1\"}"));
        assertThat(calls).hasValue(1);
        agent.submit();
        code.join();
    }

    @Test
    void updatesThatComeASecondTimeFromTheRecordAreNotTakenTwice() throws Exception {
        ReturningAgent agent = new ReturningAgent(List.of(call("u1", "r1"), answer("u2", "r1")));
        Thread code = Thread.ofVirtual().start(() -> run(agent));
        agent.receive(call("u1", "r1"));
        agent.receive(call("u3", "r9"));

        List<JsonValue> said = List.of(agent.nextSaid(), agent.nextSaid());

        assertThat(said)
                .extracting(each -> each.node().path("handles").asText())
                .containsExactly("r1", "r9");
        assertThat(calls).hasValue(1);
        agent.submit();
        code.join();
    }

    private void run(ReturningAgent agent) {
        try {
            new PageCalls(agent, functions).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
