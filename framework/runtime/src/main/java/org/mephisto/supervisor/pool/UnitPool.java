package org.mephisto.supervisor.pool;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mephisto.store.NewUnits;

/**
 * The units of a run that are launched and free, in the order in which they became free. Thread-safe; no method waits.
 *
 * <p>How it works. Units are appended to a sequence of positions and never move. A unit that is taken leaves a hole; one that comes back
 * is appended anew. So a worker who has looked at a position never needs to look at it again: it was taken (and if it comes back, it
 * comes later), or it belongs to an assignment that worker has worked on (which stays so). Each worker therefore keeps one number, where
 * to look next, and all looks of a worker together pass over the sequence once, whatever its length.
 *
 * <p>Positions live in chunks of three arrays, about 20 bytes a unit. A chunk without free units is let go, and a search skips it in
 * one step.
 */
final class UnitPool {
    private static final int CHUNK = 4096;

    private final ArrayList<@Nullable Chunk> chunks = new ArrayList<>();
    private int firstChunk;
    private long end;
    private long free;

    /** Appends units that have been launched. */
    synchronized void add(NewUnits units) {
        for (int i = 0; i < units.size(); i++) {
            append(units.unitId(i), units.assignmentId(i), units.index(i));
        }
    }

    /** Appends a unit that has become free again. */
    synchronized void add(FreeUnit unit) {
        append(unit.unitId(), unit.assignmentId(), unit.index());
    }

    /** The first free unit at this position or later. */
    synchronized Optional<FreeUnit> peek(long from) {
        for (int c = Math.max(firstChunk, (int) (from / CHUNK)); c < chunks.size(); c++) {
            Chunk chunk = chunks.get(c);
            if (chunk != null) {
                long start = (long) c * CHUNK;
                int at = chunk.free.nextSetBit((int) Math.max(0, from - start));
                if (at >= 0) {
                    return Optional.of(
                            new FreeUnit(chunk.unitIds[at], chunk.assignmentIds[at], chunk.indexes[at], start + at));
                }
            }
        }
        return Optional.empty();
    }

    /** Takes the unit found by {@link #peek}; false when somebody was faster. */
    synchronized boolean take(FreeUnit unit) {
        int c = (int) (unit.position() / CHUNK);
        Chunk chunk = c < chunks.size() ? chunks.get(c) : null;
        int at = (int) (unit.position() % CHUNK);
        if (chunk == null || !chunk.free.get(at)) {
            return false;
        }
        chunk.free.clear(at);
        free--;
        dropUsedUp(c, chunk);
        return true;
    }

    /** Takes every free unit at once: nobody gets one any more. */
    synchronized void clear() {
        chunks.clear();
        firstChunk = 0;
        end = 0;
        free = 0;
    }

    /** How many units are free. */
    synchronized long size() {
        return free;
    }

    private void append(long unitId, long assignmentId, int index) {
        int at = (int) (end % CHUNK);
        if (at == 0) {
            chunks.add(new Chunk());
        }
        Chunk chunk = chunks.getLast();
        if (chunk == null) {
            throw new IllegalStateException("the last chunk was let go before it was full");
        }
        chunk.unitIds[at] = unitId;
        chunk.assignmentIds[at] = assignmentId;
        chunk.indexes[at] = index;
        chunk.free.set(at);
        end++;
        free++;
    }

    private void dropUsedUp(int c, Chunk chunk) {
        boolean full = end >= (long) (c + 1) * CHUNK;
        if (full && chunk.free.isEmpty()) {
            chunks.set(c, null);
            while (firstChunk < chunks.size() && chunks.get(firstChunk) == null) {
                firstChunk++;
            }
        }
    }

    /**
     * A unit that was free when it was looked at.
     *
     * @param position its place in the pool's sequence
     */
    record FreeUnit(long unitId, long assignmentId, int index, long position) {}

    private static final class Chunk {
        final long[] unitIds = new long[CHUNK];
        final long[] assignmentIds = new long[CHUNK];
        final int[] indexes = new int[CHUNK];
        final BitSet free = new BitSet(CHUNK);
    }
}
