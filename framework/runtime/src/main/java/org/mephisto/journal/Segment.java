package org.mephisto.journal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.json.JsonValue;

/**
 * One piece of a journal's memory, mapped to a file or not. Records follow each other without a gap: size, agent, the agent's position
 * before, time, whether from the worker, length of the id, the id, the data. The size is written when all else is, so a record is whole or
 * not there; a size of 0 ends the segment. One thread at a time appends; whatever has been written may be read by any thread.
 */
final class Segment {
    private static final int AGENT = 4;
    private static final int PREVIOUS = 12;
    private static final int MICROS = 20;
    private static final int FROM_WORKER = 28;
    private static final int ID_LENGTH = 29;
    private static final int HEADER = 33;
    private static final int END = 4;
    private static final int OFFSET_BITS = 32;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1000;

    private final int number;
    private final MemorySegment memory;
    private int end;

    private Segment(int number, MemorySegment memory) {
        this.number = number;
        this.memory = memory;
    }

    /** @param memory zeros, where it is to be reopened later */
    static Segment fresh(int number, MemorySegment memory) {
        return new Segment(number, memory);
    }

    /**
     * Goes on behind the last record, and clears what was begun there: it might look like a record behind the next one.
     *
     * @param memory what an earlier process has written
     * @param consumer is given each of its records, in order
     */
    static Segment reopened(int number, MemorySegment memory, RecordConsumer consumer) {
        Segment segment = new Segment(number, memory);
        segment.skipRecords(consumer);
        memory.asSlice(segment.end).fill((byte) 0);
        return segment;
    }

    int number() {
        return number;
    }

    MemorySegment memory() {
        return memory;
    }

    /** A record ready to be copied. */
    static final class Encoded {
        private final long agentId;
        private final long previous;
        private final LiveUpdate update;
        private final byte[] id;
        private final byte[] data;

        Encoded(long agentId, long previous, LiveUpdate update) {
            this.agentId = agentId;
            this.previous = previous;
            this.update = update;
            this.id = update.updateId().getBytes(StandardCharsets.UTF_8);
            this.data = update.data().utf8();
        }

        private int size() {
            return HEADER + id.length + data.length;
        }
    }

    /** How large a segment must be for this record alone. */
    static int bytesFor(Encoded encoded) {
        return encoded.size() + END;
    }

    boolean hasRoomFor(Encoded encoded) {
        return memory.byteSize() - end >= encoded.size() + END;
    }

    /** @return the record's position */
    long append(Encoded encoded) {
        int at = end;
        memory.set(JAVA_LONG_UNALIGNED, at + AGENT, encoded.agentId);
        memory.set(JAVA_LONG_UNALIGNED, at + PREVIOUS, encoded.previous);
        memory.set(JAVA_LONG_UNALIGNED, at + MICROS, micros(encoded.update.sentAt()));
        memory.set(JAVA_BYTE, at + FROM_WORKER, (byte) (encoded.update.fromWorker() ? 1 : 0));
        memory.set(JAVA_INT_UNALIGNED, at + ID_LENGTH, encoded.id.length);
        MemorySegment.copy(encoded.id, 0, memory, JAVA_BYTE, at + HEADER, encoded.id.length);
        MemorySegment.copy(encoded.data, 0, memory, JAVA_BYTE, at + HEADER + encoded.id.length, encoded.data.length);
        VarHandle.releaseFence();
        memory.set(JAVA_INT_UNALIGNED, at, encoded.size());
        end = at + encoded.size();
        return (long) number << OFFSET_BITS | at;
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * MICROS_PER_SECOND + time.getNano() / NANOS_PER_MICRO;
    }

    /** The segment that a position is in. */
    static int number(long position) {
        return (int) (position >>> OFFSET_BITS);
    }

    LiveUpdate update(long position) {
        int at = (int) position;
        int size = memory.get(JAVA_INT_UNALIGNED, at);
        int idLength = memory.get(JAVA_INT_UNALIGNED, at + ID_LENGTH);
        return new LiveUpdate(
                text(at + HEADER, idLength),
                memory.get(JAVA_BYTE, at + FROM_WORKER) != 0,
                Instant.EPOCH.plus(memory.get(JAVA_LONG_UNALIGNED, at + MICROS), ChronoUnit.MICROS),
                JsonValue.ofText(text(at + HEADER + idLength, size - HEADER - idLength)));
    }

    private String text(int at, int length) {
        byte[] bytes = new byte[length];
        MemorySegment.copy(memory, JAVA_BYTE, at, bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The position of the same agent's record before this one. */
    long previous(long position) {
        return memory.get(JAVA_LONG_UNALIGNED, (int) position + PREVIOUS);
    }

    /** Takes each record that is here. */
    interface RecordConsumer {
        void accept(long agentId, long position);
    }

    private void skipRecords(RecordConsumer consumer) {
        while (end + HEADER <= memory.byteSize() && isRecord(end)) {
            consumer.accept(memory.get(JAVA_LONG_UNALIGNED, end + AGENT), (long) number << OFFSET_BITS | end);
            end += memory.get(JAVA_INT_UNALIGNED, end);
        }
    }

    /** Whether this can be one; after the end of a machine there may be anything. */
    private boolean isRecord(int at) {
        int size = memory.get(JAVA_INT_UNALIGNED, at);
        int idLength = memory.get(JAVA_INT_UNALIGNED, at + ID_LENGTH);
        return size >= HEADER && size <= memory.byteSize() - at && idLength >= 0 && idLength <= size - HEADER;
    }
}
