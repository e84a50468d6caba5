/**
 * The first extension point: what the work is. A {@link org.mephisto.spi.blueprint.BlueprintFactory} names a type and creates a
 * {@link org.mephisto.spi.blueprint.Blueprint} for each task run; that has three parts:
 *
 * <ul>
 *   <li>{@link org.mephisto.spi.blueprint.TaskBuilder} writes the page,
 *   <li>{@link org.mephisto.spi.blueprint.Blueprint#assignments()} says what there is to do,
 *   <li>{@link org.mephisto.spi.blueprint.TaskRunner} is the server side of the work: straight-line blocking code that runs on a virtual
 *       thread of its own for each unit (or, for concurrent blueprints, each assignment).
 * </ul>
 *
 * <p>The way of one static unit: the launcher draws an {@link org.mephisto.spi.blueprint.AssignmentData} and stores it; a worker
 * registers and gets the unit; {@link org.mephisto.spi.blueprint.TaskRunner#initData} makes what the page shows; {@code runUnit} waits in
 * {@link org.mephisto.spi.blueprint.Agent#awaitSubmit}; the worker submits, which the framework stores before anybody is told; {@code
 * runUnit} returns a {@link org.mephisto.spi.blueprint.UnitOutcome}.
 *
 * <p>A blueprint takes time, randomness and its agents' input from its session, never from statics, so that a run can be taken up again
 * after a crash by running the same code over the recorded input.
 */
@NullMarked
package org.mephisto.spi.blueprint;

import org.jspecify.annotations.NullMarked;
