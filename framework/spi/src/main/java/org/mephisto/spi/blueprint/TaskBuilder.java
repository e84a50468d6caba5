package org.mephisto.spi.blueprint;

import java.io.IOException;
import java.nio.file.Path;

/** Writes what workers' browsers load. */
@FunctionalInterface
public interface TaskBuilder {
    /**
     * Called once per run, on a thread that may block. The framework adds {@code task_config.json}, {@code wrap_crowd_source.js} (the
     * provider's) and {@code mephisto-task.js} (our client library) to the folder afterwards.
     *
     * @param folder exists and is empty; all of it will be public, {@code index.html} is where workers arrive
     * @throws IOException when files cannot be read or written; the run is not launched and the user sees the message
     */
    void buildInDir(Path folder) throws IOException;
}
