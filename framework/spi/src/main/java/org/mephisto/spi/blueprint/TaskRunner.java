package org.mephisto.spi.blueprint;

import java.time.Duration;
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
     * virtual thread. If it throws, the worker is refused with a plain sentence and the unit goes back. A screening or gold unit is made
     * together with its agent, so its id is still 0 here.
     */
    default JsonValue initData(AssignmentData assignment, Unit unit, Worker worker) {
        return assignment.shared();
    }

    /**
     * What a page gets that comes back to its agent, after a reload for example: by default what it got the first time. Live work adds what
     * has passed since, which the framework then never sends it again. Same rules as {@link #initData}.
     */
    default JsonValue initDataOnReturn(AgentState state) {
        return state.initData();
    }

    /**
     * How much longer than the task's {@code disconnect_after_in_seconds} a live page may be silent before its worker counts as gone. Asked
     * once.
     */
    default Duration awayGrace() {
        return Duration.ZERO;
    }

    /**
     * Talks with a worker's page during their onboarding, for work that {@linkplain #isLive is live}. Called once per onboarding on a
     * virtual thread of its own; blocking is normal. Whether the worker has passed is not decided here but by {@code validate_onboarding},
     * from what the page submits. By default it waits for that.
     */
    default void runOnboarding(OnboardingSession session) throws InterruptedException {
        session.agent().awaitSubmit();
    }
}
