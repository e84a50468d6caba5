package org.mephisto.supervisor.pool;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.blueprint.SubmittedFile;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.store.AgentRow;
import org.mephisto.store.NewUnits;
import org.mephisto.store.OnboardingRow;

/** The workers, units and agents of one task run. Thread-safe; every method may block, on a virtual thread. */
public final class WorkerPool {
    private final UnitPool units = new UnitPool();
    private final AgentOutbox outbox;
    private final PoolParts parts;
    private final PageLine line;
    private final Agents agents;
    private final Onboardings onboardings;
    private final Resumption resumption;
    private final Registration registration;
    private final Submissions submissions;
    /** Mostly the next update is the same page's: one that sends many sends them at once. */
    private volatile @Nullable Heard lastHeard;

    /** Whose page sent an update. */
    private record Heard(String agentId, PageAgent agent) {
        boolean isStill(String id) {
            return agentId.equals(id) && !agent.status().isComplete();
        }
    }

    public WorkerPool(RunContext run) {
        this.outbox = run.outbox();
        this.parts = PoolParts.of(run, units);
        this.agents = parts.agents();
        this.line = agents.line();
        this.onboardings = parts.onboardings();
        this.registration = new Registration(run, parts);
        this.resumption = new Resumption(run, units, parts);
        this.submissions = new Submissions(run, agents);
    }

    /** Takes up what an earlier process left of the run. Called at most once, before workers can come. */
    public void resume() {
        resumption.resume();
    }

    /** Offers launched units to workers. */
    public void add(NewUnits launched) {
        units.add(launched);
    }

    /**
     * Gives a worker a unit, or says why not.
     *
     * @param providerData what the page and its provider script sent
     */
    public AgentDetails registerAgent(JsonValue providerData) {
        return registration.registerAgent(providerData);
    }

    /**
     * Takes what a worker submitted in their onboarding, has it judged, and answers as {@link #registerAgent} with what comes next. It is
     * committed when this returns. Harmless when repeated.
     *
     * @param data null in JSON where the page submits none
     */
    public AgentDetails submitOnboarding(String agentId, JsonValue data) {
        return registration.submitOnboarding(agentId, data);
    }

    /** Refuses somebody of whom nothing is known, in the words that this run's workers read. Does not wait. */
    public AgentDetails refuse(FailureReason reason) {
        return parts.refusals().refuseUnknown(reason);
    }

    /** What this run's workers read where it is refused for this reason. Does not wait. */
    public String sentence(FailureReason reason) {
        return parts.refusals().sentence(reason);
    }

    /**
     * Takes a worker's finished work; it is committed when this returns. Harmless when repeated.
     *
     * @throws org.mephisto.spi.error.MephistoException {@code NOT_FOUND} when there is no such agent in this run
     */
    public void submitUnit(String agentId, JsonValue data, List<SubmittedFile> files) {
        submissions.submitUnit(agentId, data, files);
    }

    /** Takes tips, feedback or an opinion; committed when this returns. */
    public void submitMetadata(String agentId, JsonValue metadata, List<SubmittedFile> files) {
        submissions.submitMetadata(agentId, metadata, files);
    }

    /** The agent's status, if there is such an agent in this run. */
    public Optional<AgentStatus> findStatus(String agentId) {
        return AgentId.parse(agentId)
                .flatMap(id -> findLive(id).map(PageAgent::status).or(() -> findStoredStatus(id)));
    }

    private Optional<AgentStatus> findStoredStatus(AgentId id) {
        return id.isOnboarding()
                ? onboardings.findRow(id).map(OnboardingRow::status)
                : agents.findRow(id).map(AgentRow::status);
    }

    private Optional<? extends PageAgent> findLive(AgentId id) {
        return id.isOnboarding() ? onboardings.findLive(id) : agents.findLive(id);
    }

    private Optional<PageAgent> findLive(String agentId) {
        return AgentId.parse(agentId).flatMap(this::findLive);
    }

    /**
     * Brings a page that has connected what it has missed since it registered, and the agent's status first; when that is much, a portion
     * of it. Nothing passes for an agent that this run does not know.
     */
    public void resumePage(String agentId, PageQuestion question) {
        Optional<PageAgent> live = findLive(agentId);
        if (live.isPresent()) {
            line.resumePage(live.get(), question);
        } else {
            findStatus(agentId).ifPresent(status -> outbox.sendResumed(agentId, status, question));
        }
    }

    /**
     * Puts what a page sent into its agent's inbox; ignored for agents that are no longer at work. Does not wait.
     *
     * @throws org.mephisto.spi.error.MephistoException when it cannot be journaled, or too many wait, and it is therefore not taken
     */
    public void receive(String agentId, LiveUpdate update) {
        Heard before = lastHeard;
        if (before != null && before.isStill(agentId)) {
            line.receive(before.agent, update);
        } else {
            findLive(agentId).ifPresent(agent -> {
                lastHeard = new Heard(agentId, agent);
                line.receive(agent, update);
            });
        }
    }

    /** Has the code look that waits for what {@link #receive} has put there until now. Does not wait. */
    public void wakeReaders() {
        line.wakeReaders();
    }

    /** A router has not heard of the agent's page for too long. Live work ends with that; a static page may come back. */
    public void pageSilent(String agentId) {
        findLive(agentId).ifPresent(agent -> {
            switch (agent) {
                case LiveAgent atWork -> agents.pageSilent(atWork);
                case LiveOnboarding tried -> onboardings.pageSilent(tried);
            }
        });
    }

    /**
     * Tells the routers who is at work, for one that does not know to watch their pages: who never comes back is found out by that. Waits
     * where a channel is full.
     */
    public void announce() {
        if (line.isLive()) {
            agents.announce();
            onboardings.announce();
        }
    }

    /** Hands out no more units. Those at work go on; a unit that comes back is expired. */
    public void close() {
        agents.endings().close();
        units.clear();
        agents.assemblies().clear();
    }

    /** Ends everybody who is at work. */
    public void disconnectAll() {
        line.shutDown();
        onboardings.endAll(AgentStatus.DISCONNECT);
        agents.endings().endAll(AgentStatus.DISCONNECT);
        agents.stop();
        parts.specials().close();
        parts.providerGrants().close();
    }
}
