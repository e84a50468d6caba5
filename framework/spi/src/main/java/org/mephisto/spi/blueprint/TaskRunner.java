package org.mephisto.spi.blueprint;

import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.Worker;

/** The server side of the work: alone ({@link UnitTaskRunner}) or several workers together ({@link AssignmentTaskRunner}). */
public sealed interface TaskRunner permits UnitTaskRunner, AssignmentTaskRunner {
    /** Whether the units of an assignment run together, starting when all of them have a worker. */
    default boolean isConcurrent() {
        return this instanceof AssignmentTaskRunner;
    }

    /**
     * Whether pages of this kind talk with the server while they work. Only then must they stay connected; a static page may sleep and come
     * back.
     */
    default boolean isLive() {
        return isConcurrent();
    }

    /**
     * What the page gets as its {@code init_task_data}. Called when a worker gets the unit (kept from then on); may block briefly, on a
     * virtual thread. If it throws, the worker is refused with a plain sentence and the unit goes back.
     */
    default JsonValue initData(AssignmentData assignment, Unit unit, Worker worker) {
        return JsonValue.of(assignment.shared());
    }
}
