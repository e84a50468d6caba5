package org.mephisto.journal;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.mephisto.store.FolderTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of journals that have ended, emptied, for the next journals of this process. New memory for a file is what costs most about a busy
 * journal, ten times as much where a virtual machine has given it back to its host. At most {@value #MOST}; the rest are deleted.
 * Thread-safe.
 */
public final class SpareSegments implements AutoCloseable {
    static final int MOST = 32;

    private static final Logger LOG = LoggerFactory.getLogger(SpareSegments.class);

    private final Path parent;
    private final Path folder;
    private final Queue<Spare> spares = new ConcurrentLinkedQueue<>();
    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicLong names = new AtomicLong();
    private volatile boolean closed;

    private record Spare(Path file, MemorySegment memory) {}

    private SpareSegments(Path parent, long process) {
        this.parent = parent;
        this.folder = parent.resolve(Long.toString(process));
    }

    /**
     * Opens this process's folder of spare files, and deletes those of processes that have ended without doing so.
     *
     * @param parent on the same file system as the journals; need not be there yet
     */
    public static SpareSegments open(Path parent) {
        long self = ProcessHandle.current().pid();
        if (Files.isDirectory(parent)) {
            try (Stream<Path> folders = Files.list(parent)) {
                folders.filter(folder -> isLeftBehind(folder, self)).forEach(SpareSegments::delete);
            } catch (IOException e) {
                LOG.debug("What other processes left in \"{}\" cannot be looked at.", parent, e);
            }
        }
        return new SpareSegments(parent, self);
    }

    private static boolean isLeftBehind(Path folder, long self) {
        String name = folder.getFileName().toString();
        if (!name.matches("\\d{1,18}")) {
            return false;
        }
        long pid = Long.parseLong(name);
        return pid == self || ProcessHandle.of(pid).isEmpty();
    }

    private static void delete(Path folder) {
        try {
            FolderTree.delete(folder);
        } catch (IOException e) {
            LOG.debug("Spare files of a journal cannot be deleted from \"{}\".", folder, e);
        }
    }

    /** Takes a file over, when there is room for one more. @return false when it stays the caller's */
    boolean keep(Path file, MemorySegment memory) {
        int number = kept.incrementAndGet();
        if (number > MOST || closed) {
            kept.decrementAndGet();
            return false;
        }
        memory.fill((byte) 0);
        try {
            Files.createDirectories(folder);
            Path spare = folder.resolve(names.incrementAndGet() + ".spare");
            Files.move(file, spare);
            spares.add(new Spare(spare, memory));
            return true;
        } catch (IOException e) {
            kept.decrementAndGet();
            LOG.debug("A journal's file \"{}\" cannot be kept for the next journal.", file, e);
            return false;
        }
    }

    /** Gives a spare file of this size, all zeros, away under this name; its memory, or nothing when there is none. */
    Optional<MemorySegment> take(Path name, int bytes) {
        Spare spare = spares.poll();
        if (spare == null) {
            return Optional.empty();
        }
        kept.decrementAndGet();
        try {
            if (spare.memory.byteSize() == bytes) {
                Files.move(spare.file, name);
                return Optional.of(spare.memory);
            }
            Files.deleteIfExists(spare.file);
        } catch (IOException e) {
            LOG.debug("The spare file \"{}\" cannot be used as \"{}\".", spare.file, name, e);
        }
        return Optional.empty();
    }

    /** Deletes all spare files; from now on none are kept. */
    @Override
    public void close() {
        closed = true;
        spares.clear();
        if (Files.isDirectory(folder)) {
            delete(folder);
            if (!parent.toFile().delete()) {
                LOG.debug("Other processes have spare files in \"{}\".", parent);
            }
        }
    }
}
