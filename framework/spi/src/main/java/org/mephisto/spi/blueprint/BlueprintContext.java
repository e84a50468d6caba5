package org.mephisto.spi.blueprint;

import java.nio.file.Path;
import org.mephisto.spi.config.TaskArgs;

/** All that a blueprint gets from the host. Thread-safe. */
public interface BlueprintContext {
    /**
     * The options under {@code mephisto.blueprint}, bound and validated.
     *
     * @param type the factory's {@link BlueprintFactory#configType()}
     */
    <C extends Record> C config(Class<C> type);

    /** The options under {@code mephisto.task}. */
    TaskArgs task();

    /** What code or {@code mephisto.shared_state} gave beside the options. */
    SharedTaskState sharedState();

    /** The folder of {@code task.yaml}; {@code ${task_dir}} in configurations. */
    Path taskDirectory();

    /** A folder of this run for files of the blueprint's own; exists. */
    Path dataDirectory();
}
