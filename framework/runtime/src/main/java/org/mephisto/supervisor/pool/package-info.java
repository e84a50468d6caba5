/**
 * The worker pool, the half of the Supervisor that knows workers, units and agents and nothing of packets. One {@link
 * org.mephisto.supervisor.pool.WorkerPool} per task run registers workers, runs the eligibility chain, reserves units, takes submissions,
 * and runs the blueprint's code, each unit on a virtual thread of its own.
 *
 * <p>The database is the truth: a unit changes hands by compare-and-set there. What is kept in memory beside it ({@link
 * org.mephisto.supervisor.pool.UnitPool} of free units, what each worker has done) makes a registration cost the same in a run of ten
 * units and of a million.
 *
 * <p>Everything here is called on virtual threads and may block; nothing here knows Vert.x.
 */
@NullMarked
package org.mephisto.supervisor.pool;

import org.jspecify.annotations.NullMarked;
