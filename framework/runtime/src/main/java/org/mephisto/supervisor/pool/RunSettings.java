package org.mephisto.supervisor.pool;

import org.mephisto.spi.config.TaskArgs;

/** What may change while a run goes on: its task's options, and whether it hands out units. Thread-safe. */
public final class RunSettings {
    private volatile TaskArgs task;
    private volatile boolean paused;

    public RunSettings(TaskArgs task) {
        this.task = task;
    }

    /** The options as they are now. */
    public TaskArgs task() {
        return task;
    }

    /** What already runs keeps the time that it was given. */
    public void change(TaskArgs changed) {
        task = changed;
    }

    /** Whether no units are handed out for now. */
    public boolean isPaused() {
        return paused;
    }

    public void pause(boolean pausing) {
        paused = pausing;
    }
}
