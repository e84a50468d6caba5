package org.mephisto.supervisor.pool;

import java.util.List;
import java.util.Optional;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.blueprint.SubmittedFile;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.spi.model.Unit;
import org.mephisto.store.AgentRow;
import org.mephisto.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what workers hand in. When a method returns, it is in the database. Thread-safe. */
final class Submissions {
    private static final Logger LOG = LoggerFactory.getLogger(Submissions.class);

    private final RunContext run;
    private final Agents agents;

    Submissions(RunContext run, Agents agents) {
        this.run = run;
        this.agents = agents;
    }

    /** Stores an agent's work. The first submission counts; a second one changes nothing and returns just the same. */
    void submitUnit(String wireId, JsonValue data, List<SubmittedFile> files) {
        AgentId id = require(wireId);
        Submission submission = new Submission(data, files, run.clock().instant(), false);
        Optional<LiveAgent> live = agents.findLive(id);
        if (live.isPresent()) {
            submitLive(live.get(), submission);
        } else {
            submitForgotten(requireRow(id), submission);
        }
    }

    private void submitLive(LiveAgent agent, Submission submission) {
        agent.transition().lock();
        try {
            AgentStatus status = agent.status();
            if (status == AgentStatus.COMPLETED) {
                return;
            }
            if (status == AgentStatus.WAITING) {
                throw new MephistoException(
                        ErrorCode.CONFLICT,
                        "The work has not begun: it waits for the others who take part. Nothing was stored; submit when it is done.");
            }
            boolean completed = run.store().inTransaction(tx -> {
                agent.saveUpdates(tx.agents()::saveUpdates);
                return store(tx, agent.rowId(), agent.unit().id(), submission, status)
                        && count(tx, agent.worker().id(), agent.unit());
            });
            if (completed) {
                agents.completed(agent, submission);
            } else if (status == AgentStatus.PARTNER_DISCONNECT) {
                agent.submitted(submission, status);
            }
        } finally {
            agent.transition().unlock();
        }
    }

    /** For an agent whose code is through, or that began before this process did. */
    private void submitForgotten(AgentRow row, Submission submission) {
        boolean completed = run.store()
                .inTransaction(tx -> store(tx, row.id(), row.unitId(), submission, row.status())
                        && count(tx, row.workerId(), row.unitId()));
        if (!completed && row.submission().isEmpty() && row.status() != AgentStatus.PARTNER_DISCONNECT) {
            LOG.info(
                    "Unit {}: a late submission is stored and marked; the agent was {}.",
                    row.unitId(),
                    row.status().word());
        }
    }

    /** Whether the submission completed the unit: not when it is late or the second one. */
    private static boolean store(
            Transaction tx, long agentId, long unitId, Submission submission, AgentStatus otherwise) {
        if (tx.units().complete(unitId, agentId)) {
            return tx.agents().submit(agentId, submission, AgentStatus.COMPLETED);
        }
        boolean isLate = otherwise != AgentStatus.PARTNER_DISCONNECT;
        Submission marked = new Submission(submission.data(), submission.files(), submission.receivedAt(), isLate);
        tx.agents().submit(agentId, marked, otherwise);
        return false;
    }

    private boolean count(Transaction tx, long workerId, long unitId) {
        return run.eligibility().gold().isEmpty()
                || count(tx, workerId, tx.units().find(unitId).orElseThrow());
    }

    /** The rate of gold units goes by how many ordinary ones the worker has done. */
    private boolean count(Transaction tx, long workerId, Unit unit) {
        if (!unit.isSpecial()) {
            run.eligibility().gold().ifPresent(rule -> tx.qualifications().increment(rule.completedCount(), workerId));
        }
        return true;
    }

    /** Adds tips, feedback or an opinion to what is known of the agent; mostly comes after the submission. */
    void submitMetadata(String wireId, JsonValue metadata, List<SubmittedFile> files) {
        AgentId id = require(wireId);
        requireRow(id);
        run.store().inTransaction(tx -> {
            AgentRow row = tx.agents().find(id.rowId()).orElseThrow();
            tx.agents().setMetadata(row.id(), AgentMetadata.with(row.metadata(), metadata, files));
            return true;
        });
    }

    private AgentRow requireRow(AgentId id) {
        return agents.findRow(id).orElseThrow(Submissions::unknownAgent);
    }

    private static AgentId require(String wireId) {
        return AgentId.parse(wireId).orElseThrow(Submissions::unknownAgent);
    }

    private static MephistoException unknownAgent() {
        return new MephistoException(
                ErrorCode.NOT_FOUND,
                "No agent of this task has the id that was sent. Open the task's link again; work that was saved before is safe.");
    }
}
