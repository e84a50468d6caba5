package org.mephisto.supervisor.pool;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.locks.ReentrantLock;
import org.mephisto.spi.blueprint.AgentShutdownException;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.OnboardingAgent;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.supervisor.pool.AgentDetails.Registered;

/** A worker who is being tried out. Thread-safe. */
final class LiveOnboarding extends PageAgent implements OnboardingAgent {
    /** Held while the user's function judges: whoever asks meanwhile waits, and is told the same. */
    final ReentrantLock judging = new ReentrantLock();

    private final String registrationId;
    private final JsonValue initData;
    private final OnboardingEvents events;

    /** What an onboarding agent asks of the pool. */
    interface OnboardingEvents {
        PageLine line();

        /** The agent has run out of time; the agent's status is settled when this returns. */
        void timedOut(LiveOnboarding agent);

        AgentState stateOf(LiveOnboarding agent);
    }

    LiveOnboarding(
            AgentId id,
            PoolWorker poolWorker,
            AgentStatus status,
            String registrationId,
            JsonValue initData,
            OnboardingEvents events) {
        super(id, poolWorker, status, events.line());
        this.events = events;
        this.registrationId = registrationId;
        this.initData = initData;
    }

    @Override
    public AgentState state() {
        return events.stateOf(this);
    }

    @Override
    void timeOut() {
        events.timedOut(this);
    }

    /** Of the visit with which it began. */
    String registrationId() {
        return registrationId;
    }

    JsonValue initData() {
        return initData;
    }

    /** What there is to judge: what the page has submitted or, of live work where that may be nothing, what was said. */
    JsonValue judgedData(JsonValue submitted) {
        boolean isGiven = !submitted.node().isNull() && !submitted.node().isMissingNode();
        if (isGiven) {
            return JsonValue.ofText(submitted.text());
        }
        ObjectNode said = Json.object();
        findInbox().ifPresent(inbox -> {
            ArrayNode messages = said.putArray("messages");
            inbox.list().forEach(update -> messages.add(update.data().node()));
        });
        return JsonValue.of(said);
    }

    /** What its page is told. */
    AgentDetails details() {
        return new Registered(worker().id(), id(), initData, status());
    }

    /** The database has it that the code is through. */
    void codeIsThrough() {
        become(AgentStatus.WAITING);
    }

    @Override
    void raiseIfAbsent() {
        if (status() == AgentStatus.APPROVED || status() == AgentStatus.REJECTED) {
            throw new AgentShutdownException(id());
        }
        super.raiseIfAbsent();
    }
}
