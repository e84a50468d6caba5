package org.mephisto.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/**
 * An append-only file of live updates. Thread-safe.
 *
 * <p>How it works. The file is a row of segments that are mapped into memory, so an append is a copy of some hundred bytes and no system
 * call: event loops can do it. What has been copied is the operating system's and survives the end of the process, by whatever signal;
 * it is not forced to the disk, so the end of the machine can lose the last seconds. The records of one agent are a chain from the latest
 * to the first: whoever keeps an agent's latest position can read its history, and nothing of it needs to stay in memory.
 *
 * <p>The next segment is made, with all its blocks, while the current one fills: an append waits for the disk only when it cannot keep up.
 */
public final class UpdateJournal implements AutoCloseable {
    /** The position before an agent's first update. */
    public static final long NONE = -1;

    private static final String SUFFIX = ".journal";

    private final Path folder;
    private final int segmentBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Segment> segments = Collections.synchronizedList(new ArrayList<>());
    private final Map<Long, Long> found = new HashMap<>();
    private CompletableFuture<Segment> next;
    private boolean closed;

    private UpdateJournal(Path folder, int segmentBytes) throws IOException {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        Files.createDirectories(folder);
        while (Files.exists(file(segments.size()))) {
            Segment segment = Segment.reopen(file(segments.size()), segments.size());
            segment.forEach((agentId, position) -> found.put(agentId, position));
            segments.add(segment);
        }
        if (segments.isEmpty()) {
            segments.add(Segment.create(file(0), 0, segmentBytes));
        }
        this.next = prepare(segments.size(), segmentBytes);
    }

    /** Opens the journal in this folder, which is made when it is not there; takes up what an earlier process left. */
    public static UpdateJournal open(Path folder) {
        return open(folder, 8 << 20);
    }

    static UpdateJournal open(Path folder, int segmentBytes) {
        try {
            return new UpdateJournal(folder, segmentBytes);
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    /** For each agent that an earlier process wrote of: the position of its latest update. */
    public Map<Long, Long> found() {
        return Map.copyOf(found);
    }

    /**
     * Writes an update; it is safe from the end of the process when this returns.
     *
     * @param previous the agent's position before, or {@link #NONE}
     * @return the agent's position now
     * @throws MephistoException {@code FILE_UNUSABLE} when the disk is full or gone; nothing was written
     */
    public long append(long agentId, long previous, LiveUpdate update) {
        Segment.Encoded encoded = new Segment.Encoded(agentId, previous, update);
        lock.lock();
        try {
            if (closed) {
                throw new MephistoException(ErrorCode.CONFLICT, "The journal in \"" + folder + "\" is closed.");
            }
            Segment current = segments.getLast();
            if (!current.hasRoomFor(encoded)) {
                current = roll(encoded);
            }
            return current.append(encoded);
        } finally {
            lock.unlock();
        }
    }

    private Segment roll(Segment.Encoded encoded) {
        int number = segments.size();
        try {
            Segment fresh = next.join();
            if (!fresh.hasRoomFor(encoded)) {
                fresh = Segment.create(file(number), number, Segment.bytesFor(encoded));
            }
            segments.add(fresh);
            return fresh;
        } catch (CompletionException | IOException e) {
            throw failed(folder, e);
        } finally {
            next = prepare(segments.size(), segmentBytes);
        }
    }

    private CompletableFuture<Segment> prepare(int number, int bytes) {
        CompletableFuture<Segment> made = new CompletableFuture<>();
        Thread.ofVirtual().name("journal-segment").start(() -> {
            try {
                made.complete(Segment.create(file(number), number, bytes));
            } catch (IOException | RuntimeException e) {
                made.completeExceptionally(e);
            }
        });
        return made;
    }

    /**
     * An agent's updates in the order in which they were written.
     *
     * @param last the agent's latest position, or {@link #NONE}
     * @param after only what was written after this position of the agent's; {@link #NONE} for all
     */
    public List<LiveUpdate> read(long last, long after) {
        List<LiveUpdate> updates = new ArrayList<>();
        long position = last;
        while (position > after) {
            Segment segment = segments.get(Segment.number(position));
            updates.add(segment.update(position));
            position = segment.previous(position);
        }
        Collections.reverse(updates);
        return updates;
    }

    /** Ends the writing; what was written stays. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            next = next.whenComplete((unused, failure) -> {
                if (unused != null) {
                    deleteQuietly(unused.file());
                }
            });
        } finally {
            lock.unlock();
        }
    }

    /** Closes the journal and deletes its files, when nobody needs them any more. */
    public void delete() {
        close();
        next.handle((unused, failure) -> unused).join();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(SUFFIX)).forEach(UpdateJournal::deleteQuietly);
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // An empty or used up segment that stays does no harm but takes room.
            file.toFile().deleteOnExit();
        }
    }

    private Path file(int number) {
        return folder.resolve("updates-%06d".formatted(number) + SUFFIX);
    }

    private static MephistoException failed(Path folder, Exception cause) {
        Throwable root = cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
        return new MephistoException(
                ErrorCode.FILE_UNUSABLE,
                "The journal of live updates in \"" + folder + "\" cannot be written: " + root.getMessage()
                        + ". Make room on the disk, or set mephisto.task.journal_live_updates to false to work without.",
                cause);
    }
}
