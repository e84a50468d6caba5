package org.mephisto.supervisor.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
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
 * An agent at work: its inbox, and what blueprint code that waits for it is woken by. Thread-safe; the lock is never held while anything
 * outside is called.
 */
final class LiveAgent implements Agent {
    private static final String UPDATE_ID = "update_id";

    private final AgentId id;
    private final PoolWorker poolWorker;
    private final Unit unit;
    private final JsonValue initData;
    private final Instant taskStart;
    private final Instant deadline;
    private final AgentEvents events;

    /** Held while the database and then this object change over to an end: whoever has it sees both agree. */
    final ReentrantLock transition = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<LiveUpdate> inbox = new PriorityQueue<>(Comparator.comparing(LiveUpdate::sentAt));
    private final Set<String> seenUpdates = new HashSet<>();
    private final List<LiveUpdate> updates = new ArrayList<>();
    private AgentStatus status = AgentStatus.IN_TASK;
    private @Nullable Submission submission;

    LiveAgent(
            AgentId id,
            PoolWorker poolWorker,
            Unit unit,
            JsonValue initData,
            Instant taskStart,
            Instant deadline,
            AgentEvents events) {
        this.id = id;
        this.poolWorker = poolWorker;
        this.unit = unit;
        this.initData = initData;
        this.taskStart = taskStart;
        this.deadline = deadline;
        this.events = events;
    }

    /** What an agent asks of the pool. */
    interface AgentEvents {
        Instant now();

        /** The agent has run out of time; the agent's status is settled when this returns. */
        void timedOut(LiveAgent agent);

        void send(LiveAgent agent, LiveUpdate update);
    }

    AgentId agentId() {
        return id;
    }

    PoolWorker poolWorker() {
        return poolWorker;
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

    JsonValue initData() {
        return initData;
    }

    @Override
    public AgentStatus status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public AgentState state() {
        lock.lock();
        try {
            return new AgentState(
                    initData,
                    updates,
                    Optional.ofNullable(submission),
                    taskStart,
                    Optional.ofNullable(submission).map(Submission::receivedAt),
                    JsonValue.emptyObject());
        } finally {
            lock.unlock();
        }
    }

    /** The database has the submission. */
    void submitted(Submission stored) {
        lock.lock();
        try {
            submission = stored;
            status = AgentStatus.COMPLETED;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The database has this final status. */
    void ended(AgentStatus finalStatus) {
        lock.lock();
        try {
            status = finalStatus;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes in what the page sent, unless it did before. */
    void receive(LiveUpdate update) {
        lock.lock();
        try {
            if (seenUpdates.add(update.updateId())) {
                updates.add(update);
                inbox.add(update);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<LiveUpdate> act() {
        lock.lock();
        try {
            raiseIfAbsent();
            return Optional.ofNullable(inbox.poll());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public LiveUpdate act(Duration timeout) throws InterruptedException {
        return await(inbox::poll, timeout);
    }

    @Override
    public void observe(JsonValue update) {
        String updateId = update.node().path(UPDATE_ID).asText("");
        JsonValue data = update;
        if (updateId.isEmpty()) {
            updateId = UUID.randomUUID().toString();
            data = JsonValue.of(update.object().deepCopy().put(UPDATE_ID, updateId));
        }
        LiveUpdate sent = new LiveUpdate(updateId, false, events.now(), data);
        lock.lock();
        try {
            raiseIfAbsent();
            if (!seenUpdates.add(updateId)) {
                return;
            }
            updates.add(sent);
        } finally {
            lock.unlock();
        }
        events.send(this, sent);
    }

    @Override
    public Submission awaitSubmit() throws InterruptedException {
        return awaitSubmit(Duration.between(events.now(), deadline));
    }

    @Override
    public Submission awaitSubmit(Duration timeout) throws InterruptedException {
        return await(() -> submission, timeout);
    }

    /** Waits for something to be there; past the time the agent times out, unless it has ended otherwise by then. */
    private <T> T await(Poll<T> poll, Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        boolean timedOut = false;
        while (true) {
            lock.lockInterruptibly();
            try {
                while (true) {
                    T found = poll.poll();
                    if (found != null) {
                        return found;
                    }
                    raiseIfAbsent();
                    if (timedOut) {
                        throw new AgentTimeoutException(id());
                    }
                    if (nanos <= 0) {
                        break;
                    }
                    nanos = changed.awaitNanos(nanos);
                }
            } finally {
                lock.unlock();
            }
            events.timedOut(this);
            timedOut = true;
        }
    }

    private interface Poll<T> {
        @Nullable
        T poll();
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
