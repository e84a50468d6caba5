package org.mephisto.store;

import java.util.List;
import java.util.Map;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.model.UnitStatus;

/** Assignments and the units made with them. */
public interface AssignmentStore {
    /**
     * Creates assignments with all their units, in order, in few statements. Meant for thousands at a time.
     *
     * @param unitStatus the status in which the units begin
     * @return the units in the order of their assignments and indexes
     */
    NewUnits create(long taskRunId, List<AssignmentData> data, UnitStatus unitStatus);

    /** Creates one special unit (index below 0) with an assignment of its own. */
    NewUnits createSpecial(long taskRunId, AssignmentData data, int index, UnitStatus unitStatus);

    /**
     * The run's assignments from this id on, by id.
     *
     * @param limit at most so many
     * @param characters at most about so much text; always at least one assignment, if there is any
     */
    Map<Long, AssignmentData> listFrom(long taskRunId, long firstId, int limit, int characters);

    /** How many ordinary assignments the run has. */
    long count(long taskRunId);

    /** @throws org.mephisto.spi.error.MephistoException {@code NOT_FOUND} */
    AssignmentData data(long assignmentId);
}
