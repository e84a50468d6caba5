package org.mephisto.launch;

import java.util.AbstractList;
import java.util.RandomAccess;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.store.NewUnits;

/** Newly launched units as a list whose elements are made when asked for: most providers never look at them. */
final class LaunchedUnits extends AbstractList<Unit> implements RandomAccess {
    private final long taskRunId;
    private final NewUnits units;

    LaunchedUnits(long taskRunId, NewUnits units) {
        this.taskRunId = taskRunId;
        this.units = units;
    }

    @Override
    public Unit get(int i) {
        return new Unit(units.unitId(i), units.assignmentId(i), taskRunId, units.index(i), UnitStatus.LAUNCHED);
    }

    @Override
    public int size() {
        return units.size();
    }
}
