package org.mephisto.operator;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.mephisto.config.TaskChanges;
import org.mephisto.launch.TaskLauncher;
import org.mephisto.logging.Logging;
import org.mephisto.spi.config.TaskArgs;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.TaskRun;
import org.mephisto.spi.provider.CrowdProvider;
import org.mephisto.store.AuditStore.AuditEntry;
import org.mephisto.supervisor.pool.RunProgress;
import org.mephisto.supervisor.pool.RunSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task run that workers can reach. Thread-safe. A virtual thread of its own watches for its end, waiting and never polling. */
public final class RunningTaskRun {
    private static final Logger LOG = LoggerFactory.getLogger(RunningTaskRun.class);
    /** Each of them has a time limit of their own. */
    private static final Duration UNTIL_PEOPLE_ARE_DONE = Duration.ofDays(3650);

    private final TaskRun taskRun;
    private final Launched launched;
    private final RunProgress progress;
    private final TaskLauncher launcher;
    private final TakeDown takeDown;
    private final Platform platform;
    private final AtomicReference<@Nullable RunEnd> early = new AtomicReference<>();
    private final CompletableFuture<RunEnd> end = new CompletableFuture<>();

    RunningTaskRun(
            Launched launched, RunProgress progress, TaskLauncher launcher, TakeDown takeDown, Platform platform) {
        this.taskRun = launched.taskRun();
        this.launched = launched;
        this.progress = progress;
        this.launcher = launcher;
        this.takeDown = takeDown;
        this.platform = platform;
    }

    /** What was launched, and where. */
    record Launched(TaskRun taskRun, RunSettings settings, TaskChanges changes, URI url, CrowdProvider provider) {}

    public TaskRun taskRun() {
        return taskRun;
    }

    /** Where workers find the page. */
    public URI url() {
        return launched.url();
    }

    /** A link by which the named worker gets to a unit; a fresh visit id is a fresh unit. */
    public URI workerUrl(String workerName, String visitId) {
        return launched.provider().workerUrl(launched.url(), workerName, visitId);
    }

    public RunProgress.Counts progress() {
        return progress.counts();
    }

    /** Completes when the run is over and everything it had set up is taken down. */
    public CompletableFuture<RunEnd> end() {
        return end.copy();
    }

    /** Waits for the end, at most this long; says whether it has come. */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        try {
            end.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A run's end never fails.", e);
        }
    }

    /** Launches no more and expires what nobody works on; the run ends when those at work are done. Blocks shortly. */
    public void stop() {
        endEarly(RunEnd.STOPPED);
    }

    /** Ends the run at once: whoever is at work is told and disconnected. Blocks until everything is taken down. */
    public void disconnect() {
        early.compareAndSet(null, RunEnd.STOPPED);
        progress.abandon();
        end.join();
    }

    /** Whether it hands out no units for now. */
    public boolean isPaused() {
        return launched.settings().isPaused();
    }

    public boolean isStopping() {
        return progress.isStopping();
    }

    /** The settings that may be changed, as they are now. */
    public synchronized Map<String, String> settings() {
        return launched.changes().current();
    }

    /**
     * Changes settings, all or none; from then on they count. What has a time limit already keeps it. Blocks shortly.
     *
     * @param values keys of {@code mephisto.task} without that prefix
     * @param who for the audit
     * @throws org.mephisto.spi.config.ConfigException with every problem
     */
    public synchronized void change(Map<String, String> values, String who) {
        launched.settings().change(launched.changes().change(values));
        progress.settingsChanged();
        audit(who, "set", JsonValue.of(values));
    }

    /** Hands out no more units until {@link #unpause}; those at work go on. */
    public void pause(String who) {
        launched.settings().pause(true);
        audit(who, "pause", JsonValue.emptyObject());
    }

    public void unpause(String who) {
        launched.settings().pause(false);
        audit(who, "resume", JsonValue.emptyObject());
    }

    /** {@link #stop()}, with an audit row. */
    public void stop(String who) {
        audit(who, "stop", JsonValue.emptyObject());
        stop();
    }

    private void audit(String who, String action, JsonValue details) {
        AuditEntry entry = new AuditEntry(
                taskRun.id(), who, action, details, platform.clock().instant());
        platform.store().inTransaction(tx -> {
            tx.audit().add(entry);
            return true;
        });
        LOG.info("Run {}: {} {} by {}.", taskRun.id(), action, details.text(), who);
    }

    void launchFailed(RuntimeException failure) {
        LOG.error(
                "Launching units has failed, so the run ends when those at work are done. {}",
                failure.getMessage(),
                failure);
        endEarly(RunEnd.LAUNCH_FAILED);
    }

    private void endEarly(RunEnd how) {
        if (early.compareAndSet(null, how)) {
            launcher.expireUnits();
        }
    }

    /**
     * Begins to watch for the end. Called once.
     *
     * @param whenOver told once nothing of the run is left to do, before {@link #end} completes
     */
    void watch(Runnable whenOver) {
        Thread.ofVirtual().name("watch-run-" + taskRun.id()).start(() -> {
            Logging.enterRun(taskRun.id());
            RunEnd how = RunEnd.STOPPED;
            try {
                how = awaitEnd();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.error("Watching the run has failed; it is taken down.", e);
            } finally {
                takeDown.run();
                close(how);
                whenOver.run();
                end.complete(how);
            }
        });
    }

    private void close(RunEnd how) {
        if (how.isFinal()) {
            try {
                platform.store().inTransaction(tx -> {
                    tx.taskRuns().markCompleted(taskRun.id());
                    return true;
                });
            } catch (MephistoException e) {
                LOG.error("The end of the run could not be stored, so it can be resumed. Its submissions are safe.", e);
            }
        }
    }

    private RunEnd awaitEnd() throws InterruptedException {
        Instant begun = platform.clock().instant();
        while (true) {
            TaskArgs task = launched.settings().task();
            Instant lifetimeEnd = begun.plusSeconds(task.taskLifetimeInSeconds());
            Instant patienceEnd = progress.lastSubmission().plusSeconds(task.noSubmissionPatience());
            Instant next = lifetimeEnd.isBefore(patienceEnd) ? lifetimeEnd : patienceEnd;
            boolean over = progress.awaitDone(
                    early.get() == null ? Duration.between(platform.clock().instant(), next) : UNTIL_PEOPLE_ARE_DONE);
            if (over) {
                progress.awaitAbandoned(untilClosing());
                RunEnd how = early.get();
                return how == null ? RunEnd.COMPLETED : how;
            }
            Instant now = platform.clock().instant();
            if (!now.isBefore(lifetimeEnd)) {
                LOG.warn(
                        "task_lifetime_in_seconds ({}) are over: no more units are handed out.",
                        task.taskLifetimeInSeconds());
                endEarly(RunEnd.LIFETIME_OVER);
            } else if (!now.isBefore(progress.lastSubmission().plusSeconds(task.noSubmissionPatience()))) {
                LOG.warn(
                        "Nobody has submitted anything for no_submission_patience ({}) seconds: the run ends.",
                        task.noSubmissionPatience());
                endEarly(RunEnd.NO_SUBMISSIONS);
                return RunEnd.NO_SUBMISSIONS;
            }
        }
    }

    /** The page stays up for whoever has just handed in something; there is nobody else to wait for. */
    private Duration untilClosing() {
        if (progress.counts().completed() == 0) {
            return Duration.ZERO;
        }
        Instant closing =
                progress.lastSubmission().plusSeconds(launched.settings().task().closingTimeInSeconds());
        return Duration.between(platform.clock().instant(), closing);
    }
}
