package org.mephisto.spi.model;

/**
 * One worker's role in an assignment.
 *
 * @param index place within the assignment, from 0; negative for the special units named here
 */
public record Unit(long id, long assignmentId, long taskRunId, int index, UnitStatus status) {
    /** The index of a unit that screens a worker. */
    public static final int SCREENING_INDEX = -1;
    /** The index of a unit whose right answer is known. */
    public static final int GOLD_INDEX = -2;
    /** The index of a unit that only pays a worker for work that went wrong. */
    public static final int COMPENSATION_INDEX = -3;

    /** Whether this unit stands outside the run's ordinary work. */
    public boolean isSpecial() {
        return index < 0;
    }

    public Unit withStatus(UnitStatus next) {
        return new Unit(id, assignmentId, taskRunId, index, next);
    }
}
