package org.mephisto.operator;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.mephisto.config.MephistoConfig;
import org.mephisto.config.RunScriptConfig;
import org.mephisto.config.TaskChanges;
import org.mephisto.journal.UpdateJournal;
import org.mephisto.launch.TaskLauncher;
import org.mephisto.operator.RunningTaskRun.Launched;
import org.mephisto.spi.architect.Architect;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.blueprint.TaskRunner;
import org.mephisto.spi.config.TaskArgs;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.TaskRun;
import org.mephisto.spi.packet.Channel;
import org.mephisto.spi.provider.CrowdProvider;
import org.mephisto.supervisor.Job;
import org.mephisto.supervisor.Supervisor;
import org.mephisto.supervisor.eligibility.Eligibility;
import org.mephisto.supervisor.io.ChannelOutbox;
import org.mephisto.supervisor.pool.RunContext;
import org.mephisto.supervisor.pool.RunProgress;
import org.mephisto.supervisor.pool.RunSettings;
import org.mephisto.supervisor.pool.WorkerPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Launches task runs and watches over them: any number at once, of any mix of blueprints, architects and crowd providers. Thread-safe;
 * methods block and must not be called on an event loop.
 *
 * <p>Use: {@link #validateAndRunConfig} for each run, then {@link #waitForRunsThenShutdown}. Who does not wait calls {@link #shutdown}
 * in the end.
 */
public final class Operator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Operator.class);

    /** How long a launch waits for the source's first assignment before it goes on without. */
    private static final Duration FIRST_UNITS = Duration.ofSeconds(2);

    private final Platform platform;
    private final Supervisor supervisor = new Supervisor();
    private final Map<Long, RunningTaskRun> running = new ConcurrentHashMap<>();

    public Operator(Platform platform) {
        this.platform = platform;
    }

    /** {@link #validateAndRunConfig(RunScriptConfig, SharedTaskState)} with nothing from code. */
    public RunningTaskRun validateAndRunConfig(RunScriptConfig config) {
        return validateAndRunConfig(config, SharedTaskState.empty());
    }

    /**
     * Checks the whole configuration, launches a run of it and returns when workers can come. When a step fails, what had been set up is
     * taken down again.
     *
     * @param fromCode values and functions given by code; {@code mephisto.shared_state} of the configuration wins over them
     * @throws org.mephisto.spi.config.ConfigException with all problems, before anything was launched
     * @throws MephistoException when a step fails
     */
    public RunningTaskRun validateAndRunConfig(RunScriptConfig config, SharedTaskState fromCode) {
        config.warnings().forEach(LOG::warn);
        TakeDown takeDown = new TakeDown();
        try {
            RunningTaskRun run = launch(config, fromCode, takeDown);
            running.put(run.taskRun().id(), run);
            // Last of all, or a shutdown would not wait for what is left to store.
            run.watch(() -> running.remove(run.taskRun().id()));
            return run;
        } catch (RuntimeException | LinkageError e) {
            takeDown.runAfterFailure();
            throw e;
        }
    }

    private RunningTaskRun launch(RunScriptConfig config, SharedTaskState fromCode, TakeDown takeDown) {
        MephistoConfig mephisto = config.mephisto();
        RunParts parts = RunParts.create(platform, config, fromCode, takeDown);
        Optional<TaskRun> unfinished = mephisto.task().resumeIncompleteRun() ? findUnfinished(parts) : Optional.empty();
        TaskRun taskRun = unfinished.orElseGet(() -> create(config, parts));
        if (unfinished.isEmpty()) {
            takeDown.addForFailure("the empty run", () -> platform.discard(taskRun.id()));
        }
        RunLock lock = RunLock.acquire(platform.directories().run(taskRun.id()), taskRun.id());
        takeDown.add("the run's lock", lock::close);
        parts.begin(taskRun);
        LOG.info(
                unfinished.isPresent()
                        ? "Task run {} of \"{}\" is being taken up again."
                        : "Task run {} of \"{}\" is being set up.",
                taskRun.id(),
                taskRun.taskName());

        Path page = parts.buildPage();
        URI url = deploy(parts.architect(), page, takeDown);
        CrowdProvider provider = parts.provider();
        takeDown.add("the crowd provider's resources", () -> provider.cleanUpTaskRun(taskRun));
        provider.setUpTaskRun(taskRun, url);

        RunProgress progress = new RunProgress(platform.clock());
        List<Channel> channels = parts.architect().getChannels();
        TaskRunner runner = parts.taskRunner();
        Eligibility eligibility = RunRules.of(parts, runner);
        createQualifications(eligibility);
        UpdateJournal journal = openJournal(taskRun, mephisto.task(), runner, takeDown);
        RunSettings settings = new RunSettings(mephisto.task());
        RunContext context = new RunContext(
                taskRun,
                settings,
                runner,
                parts.sharedState(),
                eligibility,
                provider,
                platform.store(),
                journal,
                new ChannelOutbox(channels),
                progress,
                platform.codeThreads(),
                platform.clock());
        takeDown.add("the agents", () -> supervisor.shutdownJob(taskRun.id()));
        WorkerPool pool = supervisor.registerJob(new Job(context, channels), unfinished.isPresent());

        TaskLauncher launcher = new TaskLauncher(
                taskRun,
                provider,
                platform.store(),
                pool,
                progress,
                () -> settings.task().maxNumConcurrentUnits());
        takeDown.add("the open units", launcher::expireUnits);
        RunningTaskRun run = new RunningTaskRun(
                new Launched(taskRun, settings, new TaskChanges(config), url, provider),
                progress,
                launcher,
                takeDown,
                platform);
        Stream<AssignmentData> source = assignments(parts, unfinished);
        launcher.createAssignments(runner.isConcurrent() ? source.map(data -> requireRoom(data, settings)) : source);
        launcher.launchUnits(url, run::launchFailed);
        launcher.awaitBegun(FIRST_UNITS);
        return run;
    }

    /** Once everybody has ended, all that passed is in the database. */
    private UpdateJournal openJournal(TaskRun taskRun, TaskArgs task, TaskRunner runner, TakeDown takeDown) {
        if (!runner.isLive() || !task.journalLiveUpdates()) {
            return UpdateJournal.inMemory();
        }
        UpdateJournal journal =
                UpdateJournal.open(platform.directories().journal(taskRun.id()), platform.spareSegments());
        takeDown.add("the journal of live updates", journal::delete);
        return journal;
    }

    private TaskRun create(RunScriptConfig config, RunParts parts) {
        return platform.store()
                .inTransaction(tx -> tx.taskRuns()
                        .create(
                                tx.tasks().findOrCreate(parts.taskName()).id(),
                                parts.requester().id(),
                                parts.types(),
                                JsonValue.of(config.resolved())));
    }

    /** The task's last run with the same plugins, if it has not come to its end. */
    private Optional<TaskRun> findUnfinished(RunParts parts) {
        return platform.store()
                .read(tx -> tx.tasks()
                        .find(parts.taskName())
                        .flatMap(task -> tx.taskRuns().listByTask(task.id()).reversed().stream()
                                .filter(run -> run.types().equals(parts.types()))
                                .findFirst())
                        .filter(run -> !run.completed()));
    }

    /** What the blueprint's source has beyond what an earlier process has drawn. */
    private Stream<AssignmentData> assignments(RunParts parts, Optional<TaskRun> unfinished) {
        long drawn = unfinished
                .map(run -> platform.store().read(tx -> tx.assignments().count(run.id())))
                .orElse(0L);
        return parts.blueprint().assignments().skip(drawn);
    }

    /** Those who work together begin when all of them are there. */
    private static AssignmentData requireRoom(AssignmentData data, RunSettings settings) {
        int limit = settings.task().maxNumConcurrentUnits();
        int together = data.unitData().size();
        if (limit > 0 && limit < together) {
            throw new MephistoException(
                    ErrorCode.INVALID_CONFIG,
                    "An assignment of this task is for " + together
                            + " people together, so it never begins with mephisto.task.max_num_concurrent_units at "
                            + limit
                            + ". Set that to " + together + " or more, or to 0 for no limit.");
        }
        return data;
    }

    private static URI deploy(Architect architect, Path page, TakeDown takeDown) {
        takeDown.add("the architect", architect::shutdown);
        try {
            architect.prepare(page);
            return architect.deploy();
        } catch (IOException e) {
            throw new MephistoException(
                    ErrorCode.FILE_UNUSABLE, "The task's page cannot be put up: " + e.getMessage(), e);
        }
    }

    /** So that they can be granted by name from now on. */
    private void createQualifications(Eligibility eligibility) {
        if (eligibility.qualificationNames().isEmpty()) {
            return;
        }
        platform.store().inTransaction(tx -> {
            eligibility.qualificationNames().forEach(tx.qualifications()::findOrCreate);
            return true;
        });
    }

    /** The runs that have not come to their end. */
    public List<RunningTaskRun> getRunningTaskRuns() {
        return List.copyOf(running.values());
    }

    /** Waits until every run has come to its end, then shuts down. */
    public void waitForRunsThenShutdown() {
        for (RunningTaskRun run : getRunningTaskRuns()) {
            run.end().join();
        }
        shutdown();
    }

    /** Ends every run at once; whoever is at work is told and disconnected. Harmless when repeated. */
    public void shutdown() {
        getRunningTaskRuns().forEach(RunningTaskRun::disconnect);
    }

    @Override
    public void close() {
        shutdown();
    }
}
