package org.mephisto.supervisor.pool;

import java.time.InstantSource;
import org.mephisto.journal.UpdateJournal;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.blueprint.TaskRunner;
import org.mephisto.spi.config.TaskArgs;
import org.mephisto.spi.model.TaskRun;
import org.mephisto.spi.provider.CrowdProvider;
import org.mephisto.store.Store;
import org.mephisto.supervisor.eligibility.Eligibility;
import org.mephisto.threads.CodeThreads;

/**
 * All that a worker pool works with, for one task run.
 *
 * @param eligibility what the run asks of its workers
 * @param journal of live updates; takes nothing where there are none
 * @param outbox takes what agents are to be told
 * @param progress is kept up to date by the pool
 * @param codeThreads run the blueprint's code
 */
public record RunContext(
        TaskRun taskRun,
        RunSettings settings,
        TaskRunner taskRunner,
        SharedTaskState sharedState,
        Eligibility eligibility,
        CrowdProvider provider,
        Store store,
        UpdateJournal journal,
        AgentOutbox outbox,
        RunProgress progress,
        CodeThreads codeThreads,
        InstantSource clock) {
    /** The options of the task as they are now. */
    public TaskArgs task() {
        return settings.task();
    }
}
