/**
 * The Supervisor: follows workers from the moment they ask for a unit until it is completed or given back. It owns a {@link
 * org.mephisto.supervisor.Job} (architect, blueprint, crowd provider) per task run. Its two halves are client I/O ({@link
 * org.mephisto.supervisor.io}, knows channels and packets) and the worker pool ({@link org.mephisto.supervisor.pool}, knows workers,
 * units and agents).
 */
@NullMarked
package org.mephisto.supervisor;

import org.jspecify.annotations.NullMarked;
