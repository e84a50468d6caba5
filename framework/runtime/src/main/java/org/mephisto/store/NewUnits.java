package org.mephisto.store;

import java.util.Arrays;

/** Created units, as three parallel columns: a million of them are three arrays and not a million objects. Immutable. */
public final class NewUnits {
    private final long[] unitIds;
    private final long[] assignmentIds;
    private final int[] indexes;

    /** Takes the arrays over; all of one length. */
    public NewUnits(long[] unitIds, long[] assignmentIds, int[] indexes) {
        this.unitIds = unitIds;
        this.assignmentIds = assignmentIds;
        this.indexes = indexes;
    }

    public int size() {
        return unitIds.length;
    }

    public long unitId(int i) {
        return unitIds[i];
    }

    public long assignmentId(int i) {
        return assignmentIds[i];
    }

    /** The unit's index within its assignment. */
    public int index(int i) {
        return indexes[i];
    }

    /** The units from this place on, so many of them. */
    public NewUnits range(int from, int count) {
        return new NewUnits(
                Arrays.copyOfRange(unitIds, from, from + count),
                Arrays.copyOfRange(assignmentIds, from, from + count),
                Arrays.copyOfRange(indexes, from, from + count));
    }
}
