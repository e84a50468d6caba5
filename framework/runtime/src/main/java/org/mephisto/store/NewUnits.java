package org.mephisto.store;

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
}
