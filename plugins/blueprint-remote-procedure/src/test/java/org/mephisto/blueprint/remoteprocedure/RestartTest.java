package org.mephisto.blueprint.remoteprocedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mephisto.spi.blueprint.Agent;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.Worker;

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

    private static LiveUpdate call(String updateId, String requestId) {
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

    /** An agent with a past, as the framework gives it to the code after a restart. */
    private static final class ReturningAgent implements Agent {
        private final List<LiveUpdate> record;
        private final BlockingQueue<LiveUpdate> inbox = new LinkedBlockingQueue<>();
        private final BlockingQueue<JsonValue> said = new LinkedBlockingQueue<>();
        private final CountDownLatch submitted = new CountDownLatch(1);

        ReturningAgent(List<LiveUpdate> record) {
            this.record = record;
        }

        void receive(LiveUpdate update) {
            inbox.add(update);
        }

        void submit() {
            submitted.countDown();
        }

        JsonValue nextSaid() throws InterruptedException {
            return Optional.ofNullable(said.poll(10, TimeUnit.SECONDS)).orElseThrow();
        }

        @Override
        public Unit unit() {
            throw new AssertionError("nobody asks");
        }

        @Override
        public String id() {
            return "agent";
        }

        @Override
        public Worker worker() {
            throw new AssertionError("nobody asks");
        }

        @Override
        public AgentStatus status() {
            return AgentStatus.IN_TASK;
        }

        @Override
        public Optional<LiveUpdate> act() {
            return Optional.ofNullable(inbox.poll());
        }

        @Override
        public LiveUpdate act(Duration timeout) throws InterruptedException {
            return inbox.take();
        }

        @Override
        public void observe(JsonValue update) {
            said.add(update);
        }

        @Override
        public Submission awaitSubmit() throws InterruptedException {
            submitted.await();
            return new Submission(JsonValue.emptyObject(), List.of(), Instant.EPOCH, false);
        }

        @Override
        public Submission awaitSubmit(Duration timeout) throws InterruptedException {
            return awaitSubmit();
        }

        @Override
        public AgentState state() {
            return new AgentState(
                    JsonValue.emptyObject(),
                    record,
                    Optional.empty(),
                    Instant.EPOCH,
                    Optional.empty(),
                    JsonValue.emptyObject());
        }
    }
}
