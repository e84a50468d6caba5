package org.mephisto.blueprint.chat.talk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.blueprint.AbsentAgentException;
import org.mephisto.spi.blueprint.Agent;
import org.mephisto.spi.blueprint.AgentDisconnectedException;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.AgentTimeoutException;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.spi.model.Worker;

/** A person whose page does what the test says. Thread-safe. */
final class ScriptedAgent implements Agent {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int index;
    private final BlockingQueue<Object> inbox = new LinkedBlockingQueue<>();
    private final BlockingQueue<ObjectNode> shown = new LinkedBlockingQueue<>();
    private final List<ObjectNode> history = new ArrayList<>();
    private final List<LiveUpdate> past = new ArrayList<>();
    private final Semaphore listenings = new Semaphore(0);
    private final CountDownLatch submitted = new CountDownLatch(1);
    private volatile @Nullable AbsentAgentException absence;

    ScriptedAgent(int index) {
        this.index = index;
    }

    /** What an earlier process had passed, which the state tells. */
    ScriptedAgent withPast(ObjectNode... sent) {
        for (ObjectNode data : sent) {
            past.add(new LiveUpdate("u" + past.size(), false, Instant.EPOCH, JsonValue.of(data)));
        }
        return this;
    }

    ScriptedAgent says(String text) {
        return sends(Json.object().put("text", text));
    }

    ScriptedAgent sends(ObjectNode data) {
        inbox.add(new LiveUpdate("w" + System.nanoTime(), true, Instant.EPOCH, JsonValue.of(data)));
        return this;
    }

    void submits() {
        submitted.countDown();
    }

    void leaves() {
        leaves(new AgentDisconnectedException(id()));
    }

    void leaves(AbsentAgentException how) {
        absence = how;
        inbox.add(how);
    }

    /** Waits until the conversation has so many of this person's updates before all that anybody sends later. */
    void awaitHeard(int updates) throws InterruptedException {
        if (!listenings.tryAcquire(updates + 1, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("nobody has listened " + (updates + 1) + " times to person " + index);
        }
    }

    /** Waits until the page is shown this text; gives the whole update. */
    ObjectNode awaitText(String text) {
        return await(update -> update.path("text").asText().contains(text), text);
    }

    /** Waits until the page may write, or may no longer. */
    void awaitInput(boolean open) {
        await(
                update -> update.at("/task_data/live_update_requested").isBoolean()
                        && update.at("/task_data/live_update_requested").asBoolean() == open,
                "input " + open);
    }

    ObjectNode awaitDone() {
        return await(update -> update.at("/task_data/task_done").asBoolean(), "Done");
    }

    private ObjectNode await(Predicate<JsonNode> fits, String what) {
        try {
            while (true) {
                ObjectNode update = shown.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                if (update == null) {
                    throw new AssertionError(
                            "person " + index + " waits in vain for \"" + what + "\" after " + history);
                }
                history.add(update);
                if (fits.test(update)) {
                    return update;
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** All texts shown so far, taken by an await or not, as {@code name: text}. */
    List<String> texts() {
        shown.drainTo(history);
        return history.stream()
                .filter(update -> update.has("text"))
                .map(update ->
                        update.path("id").asText() + ": " + update.path("text").asText())
                .toList();
    }

    List<ObjectNode> updates() {
        shown.drainTo(history);
        return List.copyOf(history);
    }

    @Override
    public LiveUpdate act(Duration timeout) throws InterruptedException {
        listenings.release();
        Object next = inbox.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (next instanceof LiveUpdate update) {
            return update;
        }
        AbsentAgentException gone = next instanceof AbsentAgentException left ? left : new AgentTimeoutException(id());
        absence = gone;
        throw gone;
    }

    @Override
    public void observe(JsonValue update) {
        AbsentAgentException gone = absence;
        if (gone != null) {
            throw gone;
        }
        shown.add(update.object().deepCopy());
    }

    @Override
    public AgentState state() {
        return new AgentState(
                JsonValue.emptyObject(),
                past,
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                JsonValue.emptyObject());
    }

    @Override
    public AgentStatus status() {
        return absence == null
                ? AgentStatus.IN_TASK
                : absence instanceof AgentTimeoutException ? AgentStatus.TIMEOUT : AgentStatus.DISCONNECT;
    }

    @Override
    public Unit unit() {
        return new Unit(index + 1, 1, 1, index, UnitStatus.ASSIGNED);
    }

    @Override
    public String id() {
        return "agent-" + index;
    }

    @Override
    public Worker worker() {
        return new Worker(index, "worker" + index, "test");
    }

    @Override
    public Optional<LiveUpdate> act() {
        throw new UnsupportedOperationException("conversations wait");
    }

    @Override
    public Submission awaitSubmit() {
        throw new UnsupportedOperationException("the host awaits the submission");
    }

    @Override
    public Submission awaitSubmit(Duration timeout) throws InterruptedException {
        if (!submitted.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new AgentTimeoutException(id());
        }
        return new Submission(JsonValue.emptyObject(), List.of(), Instant.EPOCH, false);
    }
}
