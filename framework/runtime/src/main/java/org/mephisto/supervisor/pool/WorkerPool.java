package org.mephisto.supervisor.pool;

import java.util.List;
import java.util.Optional;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.blueprint.SubmittedFile;
import org.mephisto.spi.blueprint.UnitTaskRunner;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.store.AgentRow;
import org.mephisto.store.NewUnits;

/** The workers, units and agents of one task run. Thread-safe; every method may block, on a virtual thread. */
public final class WorkerPool {
    private final UnitPool units = new UnitPool();
    private final Agents agents;
    private final Resumption resumption;
    private final Registration registration;
    private final Submissions submissions;

    public WorkerPool(RunContext run, UnitTaskRunner runner) {
        AssignmentCache assignments =
                new AssignmentCache(run.store(), run.taskRun().id());
        this.agents = new Agents(run, runner, units, assignments);
        Workers workers = new Workers(run);
        this.registration = new Registration(run, workers, units, agents, assignments);
        this.resumption = new Resumption(run, workers, units, agents);
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
                .flatMap(id -> agents.findLive(id)
                        .map(LiveAgent::status)
                        .or(() -> agents.findRow(id).map(AgentRow::status)));
    }

    /** Puts what a page sent into its agent's inbox; ignored for agents that are no longer at work. Does not block. */
    public void receive(String agentId, LiveUpdate update) {
        AgentId.parse(agentId).flatMap(agents::findLive).ifPresent(agent -> agent.receive(update));
    }

    /** Hands out no more units. Those at work go on; a unit that comes back is expired. */
    public void close() {
        agents.close();
        units.clear();
    }

    /** Ends everybody who is at work. */
    public void disconnectAll() {
        agents.endAll(AgentStatus.DISCONNECT);
        agents.stop();
    }
}
