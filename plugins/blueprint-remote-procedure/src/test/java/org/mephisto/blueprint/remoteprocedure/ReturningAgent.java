package org.mephisto.blueprint.remoteprocedure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.mephisto.spi.blueprint.Agent;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.spi.model.Worker;

/** An agent with a past, as the framework gives it to the code after a restart. */
final class ReturningAgent implements Agent {
    private final List<LiveUpdate> record;
    private final BlockingQueue<LiveUpdate> inbox = new LinkedBlockingQueue<>();
    private final BlockingQueue<LiveUpdate> last = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonValue> said = new LinkedBlockingQueue<>();
    private final CountDownLatch submitted = new CountDownLatch(1);

    ReturningAgent(List<LiveUpdate> record) {
        this.record = record;
    }

    void receive(LiveUpdate update) {
        inbox.add(update);
    }

    /** For whoever only looks what is there. */
    void receiveAtLast(LiveUpdate update) {
        last.add(update);
    }

    void submit() {
        submitted.countDown();
    }

    JsonValue nextSaid() throws InterruptedException {
        return Optional.ofNullable(said.poll(10, TimeUnit.SECONDS)).orElseThrow();
    }

    @Override
    public Unit unit() {
        return new Unit(1, 1, 1, 0, UnitStatus.ASSIGNED);
    }

    @Override
    public String id() {
        return "agent";
    }

    @Override
    public Worker worker() {
        return new Worker(1, "ann", "mock");
    }

    @Override
    public AgentStatus status() {
        return AgentStatus.IN_TASK;
    }

    @Override
    public Optional<LiveUpdate> act() {
        return Optional.ofNullable(last.poll());
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
