package org.mephisto.supervisor.pool;

import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.mephisto.journal.UpdateJournal;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.AgentStatus;

/** What passes between pages and the agents of a run, of whatever kind. Thread-safe; none but {@link #announce} waits, except for a disk. */
final class PageLine {
    private static final long WHILE_FULL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final RunContext run;
    private final Alarms alarms = new Alarms();
    private final Queue<Inbox> news = new ConcurrentLinkedQueue<>();
    private final AtomicLong lastUpdate = new AtomicLong();
    private final String updateIdPrefix;
    private volatile boolean isShutDown;

    PageLine(RunContext run) {
        this.run = run;
        this.updateIdPrefix = Long.toString(run.clock().millis(), Character.MAX_RADIX) + "-";
    }

    /** In milliseconds, as pages count them too. */
    Instant now() {
        return Instant.ofEpochMilli(run.clock().millis());
    }

    Inbox newInbox(PageAgent agent) {
        UpdateLog log = new UpdateLog(run.journal(), agent.agentId().journalKey());
        return new Inbox(log, new RoutedPage(run.outbox(), agent.id()), alarms);
    }

    private record RoutedPage(AgentOutbox outbox, String agentId) implements Inbox.Page {
        @Override
        public void send(LiveUpdate update) {
            outbox.sendLiveUpdate(agentId, update);
        }

        @Override
        public void hold(boolean hold) {
            outbox.sendHold(agentId, hold);
        }
    }

    /** Whether the task's code talks with the pages. */
    boolean isLive() {
        return run.taskRunner().isLive();
    }

    /** From now on whoever is gone is so because the run is. */
    void shutDown() {
        isShutDown = true;
    }

    boolean isShutDown() {
        return isShutDown;
    }

    /** Tells the routers that the agent is at work, unless it has ended. Waits while a channel is full. */
    void announce(PageAgent agent) {
        while (!tryAnnounce(agent) && !isShutDown) {
            LockSupport.parkNanos(WHILE_FULL_NANOS);
        }
    }

    private boolean tryAnnounce(PageAgent agent) {
        agent.transition().lock();
        try {
            AgentStatus status = agent.status();
            return status.isComplete() || run.outbox().sendStatus(agent.id(), status);
        } finally {
            agent.transition().unlock();
        }
    }

    /** Unlike every other of the run's, in this process and before. */
    String newUpdateId() {
        return updateIdPrefix + lastUpdate.incrementAndGet();
    }

    /**
     * Puts what the agent's page has sent into its inbox; whoever waits there is told by {@link #wakeReaders}.
     *
     * @throws MephistoException when there is no room for it, or it cannot be journaled; the page may send it again
     */
    void receive(PageAgent agent, LiveUpdate update) {
        if (agent.status().isComplete()) {
            return;
        }
        Inbox inbox = agent.inbox();
        switch (inbox.receive(update)) {
            case NEWS -> news.add(inbox);
            case TAKEN, REPEATED -> {
                // nobody needs to know
            }
            case REFUSED ->
                throw new MephistoException(
                        ErrorCode.UNAVAILABLE,
                        "The task's code has not taken " + Inbox.MOST + " live updates of agent " + agent.rowId()
                                + " yet, so there is no room for one more.");
        }
    }

    /** Has the code look that waits for what {@link #receive} has put there until now. */
    void wakeReaders() {
        for (Inbox inbox = news.poll(); inbox != null; inbox = news.poll()) {
            inbox.tellNews();
        }
    }

    /** Tells a page that is back the agent's status, and what it has missed, or a portion of that. */
    void resumePage(PageAgent agent, PageQuestion question) {
        Optional<Inbox> inbox = agent.findInbox();
        if (inbox.isEmpty()) {
            run.outbox().sendResumed(agent.id(), agent.status(), question);
            return;
        }
        inbox.get().withLog(log -> {
            UpdateJournal.Portion missed = log.next(question.after());
            run.outbox().sendResumed(agent.id(), agent.status(), question);
            missed.updates().stream()
                    .filter(update -> !update.fromWorker())
                    .forEach(update -> run.outbox().sendLiveUpdate(agent.id(), update));
            if (missed.isMore()) {
                run.outbox().sendMore(agent.id(), question, missed.end());
            }
            return true;
        });
        inbox.get().holdAgain();
    }
}
