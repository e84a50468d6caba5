package org.mephisto.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/**
 * An append-only record of live updates, in files or only in memory. Thread-safe.
 *
 * <p>How it works. The record is a row of {@link Segment}s that are mapped into memory, so an append is a copy of some hundred bytes and no
 * system call: event loops can do it. What has been copied to a file's segment is the operating system's and survives the end of the
 * process, by whatever signal; it is not forced to the disk, so the end of the machine can lose the last seconds. The updates of one agent
 * are a chain from the latest to the first: whoever keeps an agent's latest position can read its history, and nothing of it needs to
 * stay on the heap.
 *
 * <p>The next segment is made, with all its blocks, while the current one fills: an append waits for the disk only when it cannot keep up.
 */
public final class UpdateJournal implements AutoCloseable {
    /** The position before an agent's first update. */
    public static final long NONE = -1;

    private static final int SEGMENT_BYTES = 8 << 20;
    /** Where new memory is given when it is first touched, a larger piece would keep a processor for milliseconds. */
    private static final int IN_MEMORY_BYTES = 1 << 20;

    private static final int MOST_IN_MEMORY = 64;

    private final SegmentStore store;
    private final int segmentBytes;
    private final BriefLock lock = new BriefLock();
    /** Shared by those who read, so that no memory is used again under their eyes. */
    private final ReentrantReadWriteLock history = new ReentrantReadWriteLock();

    private final List<@Nullable Segment> segments = Collections.synchronizedList(new ArrayList<>());
    private final Map<Long, Long> found = new HashMap<>();
    private @Nullable CompletableFuture<Segment> next;
    private boolean closed;

    private UpdateJournal(SegmentStore store, int segmentBytes) {
        this.store = store;
        this.segmentBytes = segmentBytes;
    }

    /**
     * Opens the journal in this folder, which is made when it is not there; takes up what an earlier process left.
     *
     * @param spares where its files come from and go to, if possible
     */
    public static UpdateJournal open(Path folder, SpareSegments spares) {
        return open(folder, spares, SEGMENT_BYTES);
    }

    static UpdateJournal open(Path folder, SpareSegments spares, int segmentBytes) {
        SegmentFiles files = new SegmentFiles(folder, spares);
        UpdateJournal journal = new UpdateJournal(files, segmentBytes);
        try {
            Files.createDirectories(folder);
            journal.segments.addAll(files.reopen(journal.found::put));
        } catch (IOException e) {
            throw journal.failed(e);
        }
        return journal;
    }

    /** A journal that ends with the process, takes nothing before the first update, and forgets the oldest beyond some 64 MiB. */
    public static UpdateJournal inMemory() {
        return inMemory(MOST_IN_MEMORY, IN_MEMORY_BYTES);
    }

    static UpdateJournal inMemory(int mostSegments, int segmentBytes) {
        return new UpdateJournal(new SegmentMemory(mostSegments), segmentBytes);
    }

    /** For each agent that an earlier process wrote of: the position of its latest update. */
    public Map<Long, Long> found() {
        return Collections.unmodifiableMap(found);
    }

    /**
     * Writes an update; in a file, it is safe from the end of the process when this returns.
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
                throw new MephistoException(ErrorCode.CONFLICT, "The journal \"" + store + "\" is closed.");
            }
            Segment current = segments.isEmpty() ? null : segments.getLast();
            if (current == null || !current.hasRoomFor(encoded)) {
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
            Segment fresh = next == null ? store.create(number, segmentBytes) : next.join();
            if (!fresh.hasRoomFor(encoded)) {
                fresh = store.create(number, Segment.bytesFor(encoded));
            }
            segments.add(fresh);
            forget(segments.size() - 1 - store.most());
            return fresh;
        } catch (CompletionException | IOException e) {
            throw failed(e);
        } finally {
            next = prepare(segments.size());
        }
    }

    private void forget(int number) {
        Segment forgotten = number < 0 ? null : segments.set(number, null);
        if (forgotten != null && history.writeLock().tryLock()) {
            store.discard(forgotten);
            history.writeLock().unlock();
        }
    }

    private CompletableFuture<Segment> prepare(int number) {
        CompletableFuture<Segment> made = new CompletableFuture<>();
        Thread.ofVirtual().name("journal-segment").start(() -> {
            try {
                made.complete(store.create(number, segmentBytes));
            } catch (IOException | RuntimeException e) {
                made.completeExceptionally(e);
            }
        });
        return made;
    }

    /**
     * An agent's updates in the order in which they were written; in memory, those that are not forgotten yet.
     *
     * @param last the agent's latest position, or {@link #NONE}
     * @param after only what was written after this position of the agent's; {@link #NONE} for all
     */
    public List<LiveUpdate> read(long last, long after) {
        List<LiveUpdate> updates = new ArrayList<>();
        history.readLock().lock();
        try {
            Segment segment = find(last);
            for (long position = last; position > after && segment != null; segment = find(position)) {
                updates.add(segment.update(position));
                position = segment.previous(position);
            }
        } finally {
            history.readLock().unlock();
        }
        Collections.reverse(updates);
        return updates;
    }

    /**
     * The earliest of an agent's updates, when all of them would be much.
     *
     * @param last the agent's latest position, or {@link #NONE}
     * @param after only what was written after this position of the agent's; {@link #NONE} for all
     * @param enoughBytes of data, after which no further update is read
     */
    public Portion readSome(long last, long after, int enoughBytes) {
        Deque<Long> positions = new ArrayDeque<>();
        List<LiveUpdate> updates = new ArrayList<>();
        long end = after;
        history.readLock().lock();
        try {
            Segment segment = find(last);
            for (long position = last; position > after && segment != null; segment = find(position)) {
                positions.push(position);
                position = segment.previous(position);
            }
            for (int bytes = 0; bytes < enoughBytes && !positions.isEmpty(); ) {
                end = positions.pop();
                segment = find(end);
                if (segment != null) {
                    LiveUpdate update = segment.update(end);
                    updates.add(update);
                    bytes += update.data().utf8().length;
                }
            }
        } finally {
            history.readLock().unlock();
        }
        return new Portion(updates, end, !positions.isEmpty());
    }

    /** The segment that a position is in; null before the first one, and when it is forgotten. */
    private @Nullable Segment find(long position) {
        boolean isThere = position > NONE && Segment.number(position) < segments.size();
        return isThere ? segments.get(Segment.number(position)) : null;
    }

    /**
     * Some of an agent's updates, in order.
     *
     * @param end the position of the last of them
     * @param isMore whether there are others behind it
     */
    public record Portion(List<LiveUpdate> updates, long end, boolean isMore) {
        public Portion {
            updates = List.copyOf(updates);
        }
    }

    /** Ends the writing; what was written can still be read, and stays. From then on nothing in the folder changes. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                if (next != null) {
                    next = next.whenComplete((unused, failure) -> {
                        if (unused != null) {
                            store.discard(unused);
                        }
                    });
                }
            }
        } finally {
            lock.unlock();
        }
        awaitNext();
    }

    /** Waits until no segment is being made. */
    void awaitNext() {
        CompletableFuture<Segment> last = next;
        if (last != null) {
            last.handle((made, failure) -> made).join();
        }
    }

    /** Closes the journal and gives its files away, when nobody needs them any more; nothing can be read from then on. */
    public void delete() {
        close();
        history.writeLock().lock();
        try {
            for (Segment segment : segments) {
                if (segment != null) {
                    store.discard(segment);
                }
            }
            segments.clear();
        } finally {
            history.writeLock().unlock();
        }
    }

    private MephistoException failed(Exception cause) {
        Throwable root = cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
        return new MephistoException(
                ErrorCode.FILE_UNUSABLE,
                "The journal of live updates \"" + store + "\" cannot be written: " + root.getMessage()
                        + ". Make room on the disk, or set mephisto.task.journal_live_updates to false to work without.",
                cause);
    }
}
