package org.mephisto.store;

import java.util.List;
import java.util.Optional;
import org.mephisto.spi.model.Task;

/** Tasks by name. */
public interface TaskStore {
    Task findOrCreate(String name);

    Optional<Task> find(String name);

    /** All, ordered by name. */
    List<Task> list();
}
