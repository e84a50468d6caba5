package org.mephisto.journal;

import java.lang.foreign.Arena;

/** Segments outside the heap, which go when nobody can reach them any more. Stateless. */
record SegmentMemory(int most) implements SegmentStore {
    @Override
    public Segment create(int number, int bytes) {
        return new Segment(number, Arena.ofAuto().allocate(bytes));
    }

    @Override
    public void discard(Segment segment) {
        // the garbage collector does it
    }

    @Override
    public String toString() {
        return "in memory";
    }
}
