package org.mephisto.supervisor.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.blueprint.Agent;
import org.mephisto.spi.blueprint.AgentDisconnectedException;
import org.mephisto.spi.blueprint.AgentReturnedException;
import org.mephisto.spi.blueprint.AgentShutdownException;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.AgentTimeoutException;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.Worker;

/**
 * An agent at work. Thread-safe. There may be hundreds of thousands, so what only live work needs ({@link Inbox}) is made when it is
 * first used; status and inbox are volatile and each side writes its own before it reads the other's, so that no change is missed.
 */
final class LiveAgent implements Agent {
    private static final String UPDATE_ID = "update_id";
    private static final Duration UNTIL_THE_DEADLINE = Duration.ofDays(3650);

    /** Held while the database and then this object change over to an end: whoever has it sees both agree. */
    final ReentrantLock transition = new ReentrantLock();

    private final AgentId id;
    private final PoolWorker poolWorker;
    private final Unit unit;
    private final long deadline;
    private final AgentEvents events;
    private volatile AgentStatus status = AgentStatus.IN_TASK;
    private volatile @Nullable Submission submission;
    private volatile @Nullable Inbox inbox;

    /** @param deadline when the work must be submitted, in ms since 1970; somebody else watches it */
    LiveAgent(AgentId id, PoolWorker poolWorker, Unit unit, long deadline, AgentEvents events) {
        this.id = id;
        this.poolWorker = poolWorker;
        this.unit = unit;
        this.deadline = deadline;
        this.events = events;
    }

    /** What an agent asks of the pool. */
    interface AgentEvents {
        Instant now();

        /** The agent has run out of time; the agent's status is settled when this returns. */
        void timedOut(LiveAgent agent);

        void send(LiveAgent agent, LiveUpdate update);

        AgentState stateOf(LiveAgent agent);
    }

    AgentId agentId() {
        return id;
    }

    PoolWorker poolWorker() {
        return poolWorker;
    }

    long deadline() {
        return deadline;
    }

    @Override
    public String id() {
        return id.wire();
    }

    @Override
    public Worker worker() {
        return poolWorker.worker();
    }

    @Override
    public Unit unit() {
        return unit;
    }

    @Override
    public AgentStatus status() {
        return status;
    }

    @Override
    public AgentState state() {
        return events.stateOf(this);
    }

    /** What has passed between page and code so far. */
    Optional<Inbox> findInbox() {
        return Optional.ofNullable(inbox);
    }

    private Inbox inbox() {
        Inbox known = inbox;
        if (known == null) {
            transition.lock();
            try {
                known = inbox;
                if (known == null) {
                    known = new Inbox();
                    inbox = known;
                }
            } finally {
                transition.unlock();
            }
        }
        return known;
    }

    /** The database has the submission. */
    void submitted(Submission stored) {
        submission = stored;
        become(AgentStatus.COMPLETED);
    }

    /** The database has this final status. */
    void ended(AgentStatus finalStatus) {
        become(finalStatus);
    }

    private void become(AgentStatus next) {
        status = next;
        Inbox known = inbox;
        if (known != null) {
            known.wake();
        }
    }

    /** Takes in what the page sent, unless it did before. */
    void receive(LiveUpdate update) {
        inbox().add(update);
    }

    @Override
    public Optional<LiveUpdate> act() {
        Inbox known = inbox();
        raiseIfAbsent();
        return known.poll();
    }

    @Override
    public LiveUpdate act(Duration timeout) throws InterruptedException {
        Inbox known = inbox();
        return await(() -> known.poll().orElse(null), timeout);
    }

    @Override
    public void observe(JsonValue update) {
        String updateId = update.node().path(UPDATE_ID).asText("");
        JsonValue data = update;
        if (updateId.isEmpty()) {
            updateId = UUID.randomUUID().toString();
            data = JsonValue.of(update.object().deepCopy().put(UPDATE_ID, updateId));
        }
        raiseIfAbsent();
        LiveUpdate sent = new LiveUpdate(updateId, false, events.now(), data);
        if (inbox().add(sent)) {
            events.send(this, sent);
        }
    }

    @Override
    public Submission awaitSubmit() throws InterruptedException {
        return awaitSubmit(UNTIL_THE_DEADLINE);
    }

    @Override
    public Submission awaitSubmit(Duration timeout) throws InterruptedException {
        return await(() -> submission, timeout);
    }

    /** Waits for something to be there; past the time the agent times out, unless it has ended otherwise by then. */
    private <T> T await(Look<T> look, Duration timeout) throws InterruptedException {
        T there = look.find();
        if (there != null) {
            return there;
        }
        Inbox known = inbox();
        Optional<T> found = known.await(() -> orRaise(look), timeout.toNanos());
        if (found.isPresent()) {
            return found.get();
        }
        events.timedOut(this);
        T last = orRaise(look);
        if (last == null) {
            throw new AgentTimeoutException(id());
        }
        return last;
    }

    @FunctionalInterface
    private interface Look<T> {
        @Nullable
        T find();
    }

    private <T> @Nullable T orRaise(Look<T> look) {
        T found = look.find();
        if (found == null) {
            raiseIfAbsent();
        }
        return found;
    }

    private void raiseIfAbsent() {
        switch (status) {
            case DISCONNECT, PARTNER_DISCONNECT -> throw new AgentDisconnectedException(id());
            case TIMEOUT -> throw new AgentTimeoutException(id());
            case RETURNED -> throw new AgentReturnedException(id());
            case EXPIRED -> throw new AgentShutdownException(id());
            case NONE, ACCEPTED, ONBOARDING, WAITING, IN_TASK, COMPLETED, APPROVED, SOFT_REJECTED, REJECTED -> {
                // still there, or done
            }
        }
    }
}
