package org.mephisto.supervisor.pool;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.blueprint.AgentDisconnectedException;
import org.mephisto.spi.blueprint.AgentReturnedException;
import org.mephisto.spi.blueprint.AgentShutdownException;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.AgentTimeoutException;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.Worker;

/**
 * A worker at a page, as blueprint code sees them: on a unit or in their onboarding. Thread-safe. There may be hundreds of thousands, so what only live work needs ({@link
 * Inbox}) is made when it is first used; status and inbox are volatile and each side writes its own before it reads the other's, so that
 * no change is missed.
 */
abstract sealed class PageAgent permits LiveAgent, LiveOnboarding {
    private static final String UPDATE_ID = "update_id";
    private static final Duration UNTIL_THE_DEADLINE = Duration.ofDays(3650);

    private static final AtomicReferenceFieldUpdater<PageAgent, @Nullable ReentrantLock> TRANSITION =
            AtomicReferenceFieldUpdater.newUpdater(PageAgent.class, ReentrantLock.class, "transition");

    private final AgentId id;
    private final PoolWorker poolWorker;
    private final PageLine line;
    private volatile long deadline = Long.MAX_VALUE;
    private volatile AgentStatus status;
    private volatile @Nullable Submission submission;
    private volatile @Nullable Inbox inbox;
    private volatile @Nullable ReentrantLock transition;

    PageAgent(AgentId id, PoolWorker poolWorker, AgentStatus status, PageLine line) {
        this.id = id;
        this.poolWorker = poolWorker;
        this.status = status;
        this.line = line;
    }

    /** Held while the database and then this object change over to an end: whoever has it sees both agree. Made when first needed. */
    ReentrantLock transition() {
        ReentrantLock known = transition;
        if (known == null) {
            TRANSITION.compareAndSet(this, null, new ReentrantLock());
            known = Objects.requireNonNull(transition);
        }
        return known;
    }

    AgentId agentId() {
        return id;
    }

    long rowId() {
        return id.rowId();
    }

    PoolWorker poolWorker() {
        return poolWorker;
    }

    /** When the work must be submitted, in ms since 1970; somebody else watches it. */
    long deadline() {
        return deadline;
    }

    void mustSubmitBy(long millis) {
        deadline = millis;
    }

    public String id() {
        return id.wire();
    }

    public Worker worker() {
        return poolWorker.worker();
    }

    public AgentStatus status() {
        return status;
    }

    public abstract AgentState state();

    /** The worker has run out of time; the status is settled when this returns. */
    abstract void timeOut();

    /** What has passed between page and code so far. */
    Optional<Inbox> findInbox() {
        return Optional.ofNullable(inbox);
    }

    Inbox inbox() {
        Inbox known = inbox;
        if (known == null) {
            transition().lock();
            try {
                known = inbox;
                if (known == null) {
                    known = line.newInbox(this);
                    inbox = known;
                }
            } finally {
                transition().unlock();
            }
        }
        return known;
    }

    /** Takes part in a transaction that brings what has passed to the database. */
    @FunctionalInterface
    interface UpdateStore {
        void saveUpdates(long rowId, List<LiveUpdate> updates);
    }

    void saveUpdates(UpdateStore store) {
        if (inbox != null) {
            List<LiveUpdate> updates = inbox().list();
            if (!updates.isEmpty()) {
                store.saveUpdates(rowId(), updates);
            }
        }
    }

    /** With what has passed until now, where the row has less. */
    AgentState complete(AgentState row) {
        List<LiveUpdate> passed = inbox == null ? List.of() : inbox().list();
        return passed.size() > row.updates().size() ? row.withUpdates(passed) : row;
    }

    Optional<Submission> findSubmission() {
        return Optional.ofNullable(submission);
    }

    /** The database has this status. */
    void ended(AgentStatus finalStatus) {
        become(finalStatus);
    }

    /** The database has the submission, and this status. */
    void submitted(Submission stored, AgentStatus next) {
        submission = stored;
        become(next);
    }

    final void become(AgentStatus next) {
        status = next;
        Inbox known = inbox;
        if (known != null) {
            known.wake();
        }
    }

    public Optional<LiveUpdate> act() {
        Inbox known = inbox();
        raiseIfAbsent();
        return known.poll();
    }

    public LiveUpdate act(Duration timeout) throws InterruptedException {
        Inbox known = inbox();
        return await(() -> known.poll().orElse(null), timeout);
    }

    public void observe(JsonValue update) {
        raiseIfAbsent();
        Optional<String> chosen = update.string(UPDATE_ID);
        String updateId = chosen.orElseGet(line::newUpdateId);
        JsonValue data = chosen.isPresent() ? update : withUpdateId(update, updateId);
        LiveUpdate sent = new LiveUpdate(updateId, false, line.now(), data);
        inbox().send(sent, chosen.isPresent());
    }

    private static JsonValue withUpdateId(JsonValue update, String updateId) {
        byte[] object = update.utf8();
        int brace = skipSpace(object, 0);
        if (brace == object.length || object[brace] != '{') {
            throw new IllegalArgumentException("a live update must be an object, not " + update);
        }
        int rest = skipSpace(object, brace + 1);
        String comma = object[rest] == '}' ? "" : ",";
        byte[] id = ("{\"" + UPDATE_ID + "\":\"" + updateId + "\"" + comma).getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(id, id.length + object.length - rest);
        System.arraycopy(object, rest, both, id.length, object.length - rest);
        return JsonValue.ofUtf8(both);
    }

    private static int skipSpace(byte[] utf8, int from) {
        int at = from;
        while (at < utf8.length && utf8[at] <= ' ' && utf8[at] >= 0) {
            at++;
        }
        return at;
    }

    public Submission awaitSubmit() throws InterruptedException {
        return awaitSubmit(UNTIL_THE_DEADLINE);
    }

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
        timeOut();
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

    /** @throws org.mephisto.spi.blueprint.AbsentAgentException when the worker is no longer there */
    void raiseIfAbsent() {
        switch (status) {
            case DISCONNECT, PARTNER_DISCONNECT ->
                throw line.isShutDown() ? new AgentShutdownException(id()) : new AgentDisconnectedException(id());
            case TIMEOUT -> throw new AgentTimeoutException(id());
            case RETURNED -> throw new AgentReturnedException(id());
            case EXPIRED -> throw new AgentShutdownException(id());
            case NONE, ACCEPTED, ONBOARDING, WAITING, IN_TASK, COMPLETED, APPROVED, SOFT_REJECTED, REJECTED -> {
                // still there, or done
            }
        }
    }
}
