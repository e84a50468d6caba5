package org.mephisto.spi.architect;

import java.nio.file.Path;

/** All that an architect gets from the host. Thread-safe. */
public interface ArchitectContext {
    /** The options under {@code mephisto.architect}, bound and validated. */
    <C extends Record> C config(Class<C> type);

    /** The task's name, for naming what is put up. */
    String taskName();

    /** Starts routers inside this process. */
    RouterLauncher routers();

    /** A folder of this run for files of the architect's own; exists. */
    Path dataDirectory();
}
