package org.mephisto.store;

import java.time.Instant;
import java.util.List;
import org.mephisto.spi.blueprint.Verdict;

/** The units by which workers are judged. */
public interface JudgementStore {
    /** Adds one that is to be judged once its agent has submitted. */
    void add(Judgement judgement, Instant createdAt);

    /** Sets the outcome; false when it had one. */
    boolean judge(long agentId, Verdict outcome, Instant judgedAt);

    /** Those of this worker, of all runs, oldest first. */
    List<Judgement> listByWorker(long workerId);

    /** Those of the run that have no outcome though their agent has submitted in time, in the order of their agents. */
    List<Judgement> listOwed(long taskRunId);

    /** How many special units of this kind the run has made, without those whose agent is gone. */
    long countKept(long taskRunId, Judgement.Kind kind);

    /** How many special units of this kind the run has made. */
    long countMade(long taskRunId, Judgement.Kind kind);
}
