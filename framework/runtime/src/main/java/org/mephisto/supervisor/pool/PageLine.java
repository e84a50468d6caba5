package org.mephisto.supervisor.pool;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What passes between pages and the agents of a run, of whatever kind. Thread-safe; no method waits but for a disk. */
final class PageLine {
    private static final Logger LOG = LoggerFactory.getLogger(PageLine.class);

    private final RunContext run;
    private final Alarms alarms = new Alarms();
    private final AtomicLong lastUpdate = new AtomicLong();
    private final String updateIdPrefix;

    PageLine(RunContext run) {
        this.run = run;
        this.updateIdPrefix = Long.toString(run.clock().millis(), Character.MAX_RADIX) + "-";
    }

    Instant now() {
        return run.clock().instant();
    }

    void send(PageAgent agent, LiveUpdate update) {
        run.outbox().sendLiveUpdate(agent.id(), update);
    }

    /** Holds the agent's page back, or lets it go on. */
    void hold(PageAgent agent, boolean hold) {
        run.outbox().sendHold(agent.id(), hold);
    }

    Inbox newInbox(PageAgent agent) {
        UpdateLog log = new UpdateLog(run.journal(), agent.agentId().journalKey());
        return new Inbox(log, hold -> hold(agent, hold), alarms);
    }

    /** Unlike every other of the run's, in this process and before. */
    String newUpdateId() {
        return updateIdPrefix + lastUpdate.incrementAndGet();
    }

    /** Puts what the agent's page has sent into its inbox. */
    void receive(PageAgent agent, LiveUpdate update) {
        if (agent.status().isComplete()) {
            return;
        }
        if (agent.inbox().receive(update) == Inbox.Arrival.REFUSED) {
            LOG.warn(
                    "Agent {}: a live update is dropped, as {} wait for the task's code already.",
                    agent.rowId(),
                    Inbox.MOST);
        }
    }

    /** Tells a page that is back the agent's status, and what it has missed. */
    void resumePage(PageAgent agent) {
        Optional<Inbox> inbox = agent.findInbox();
        if (inbox.isEmpty()) {
            run.outbox().sendResumed(agent.id(), agent.status());
            return;
        }
        inbox.get().withLog(log -> {
            run.outbox().sendResumed(agent.id(), agent.status());
            log.sinceMark().stream().filter(update -> !update.fromWorker()).forEach(update -> send(agent, update));
            return true;
        });
        inbox.get().holdAgain();
    }
}
