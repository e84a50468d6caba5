package org.mephisto.journal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Segments outside the heap. What is not needed any more is used again; all of it goes when nobody can reach it. Thread-safe. */
final class SegmentMemory implements SegmentStore {
    private final int most;
    private final Queue<MemorySegment> spare = new ConcurrentLinkedQueue<>();

    SegmentMemory(int most) {
        this.most = most;
    }

    @Override
    public Segment create(int number, int bytes) {
        MemorySegment used = spare.poll();
        boolean fits = used != null && used.byteSize() == bytes;
        return Segment.fresh(number, fits ? used : Arena.ofAuto().allocate(bytes));
    }

    @Override
    public void discard(Segment segment) {
        spare.add(segment.memory());
    }

    @Override
    public int most() {
        return most;
    }

    @Override
    public String toString() {
        return "in memory";
    }
}
