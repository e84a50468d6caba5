/**
 * Moves assignment data into units that workers can take: draws from the blueprint's source, stores assignments and units, has the crowd
 * provider publish them, and keeps within {@code max_num_concurrent_units}. One {@link org.mephisto.launch.TaskLauncher} per task run, on
 * virtual threads of its own.
 */
@NullMarked
package org.mephisto.launch;

import org.jspecify.annotations.NullMarked;
