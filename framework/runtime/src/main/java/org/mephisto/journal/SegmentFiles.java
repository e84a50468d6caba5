package org.mephisto.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Segments that are files of one folder. Stateless. */
record SegmentFiles(Path folder, SpareSegments spares) implements SegmentStore {
    /** Large, so that the operating system has large pages for it. */
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 20).asReadOnlyBuffer();

    /**
     * The segments that an earlier process left.
     *
     * @param consumer is given each of their records, in order
     */
    List<Segment> reopen(Segment.RecordConsumer consumer) throws IOException {
        List<Segment> segments = new ArrayList<>();
        while (Files.exists(file(segments.size()))) {
            int number = segments.size();
            try (FileChannel channel =
                    FileChannel.open(file(number), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                segments.add(Segment.reopened(number, map(channel), consumer));
            }
        }
        return segments;
    }

    /** With all its blocks, so that no append can find the disk full. */
    @Override
    public Segment create(int number, int bytes) throws IOException {
        Optional<MemorySegment> spare = spares.take(file(number), bytes);
        return Segment.fresh(number, spare.isPresent() ? spare.get() : allocate(file(number), bytes));
    }

    private static MemorySegment allocate(Path file, int bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            int written = 0;
            while (written < bytes) {
                written += channel.write(ZEROS.slice(0, Math.min(ZEROS.capacity(), bytes - written)), written);
            }
            return map(channel);
        }
    }

    /** Unmapped when nobody can reach it any more. */
    private static MemorySegment map(FileChannel channel) throws IOException {
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size(), Arena.ofAuto());
    }

    @Override
    public void discard(Segment segment) {
        Path file = file(segment.number());
        if (spares.keep(file, segment.memory())) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A used up segment that stays does no harm but takes room.
            file.toFile().deleteOnExit();
        }
    }

    @Override
    public int most() {
        return Integer.MAX_VALUE;
    }

    private Path file(int number) {
        return folder.resolve("updates-%06d.journal".formatted(number));
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
