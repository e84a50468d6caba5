package org.mephisto.store.sql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SQLite's write-ahead log, opened a second time to be fsynced. Only ever this file: closing any descriptor of a file gives up the locks
 * that the process has on it, and SQLite keeps its locks on the database and the {@code -shm} file, none on the log.
 *
 * <p>To be used while a connection is open, which keeps SQLite from removing the file; a log begun anew is the same file.
 */
final class WalFile implements CommitLog {
    private static final Logger LOG = LoggerFactory.getLogger(WalFile.class);

    private final FileChannel file;

    private WalFile(FileChannel file) {
        this.file = file;
    }

    /** Opens the log of this database, which is there already. */
    static WalFile open(Path database) throws IOException {
        Path path = database.resolveSibling(database.getFileName() + "-wal");
        FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE);
        try {
            forceFolder(Objects.requireNonNull(path.toAbsolutePath().getParent()));
            file.force(true);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        return new WalFile(file);
    }

    /** A file's name is kept by its folder; without it the file is lost, however often it is fsynced itself. */
    private static void forceFolder(Path folder) {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException e) {
            LOG.debug("This system does not open folders; it keeps their contents by itself.", e);
        }
    }

    @Override
    public void force() throws IOException {
        file.force(false);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("Closing the log's second descriptor failed; what was forced is on the disk.", e);
        }
    }
}
