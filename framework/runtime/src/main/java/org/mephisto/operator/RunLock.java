package org.mephisto.operator;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/** Keeps two processes from driving one run: a lock on a file in the run's folder, which the system frees when the process dies. */
final class RunLock implements AutoCloseable {
    private final FileChannel file;

    private RunLock(FileChannel file) {
        this.file = file;
    }

    /** @throws MephistoException {@code CONFLICT} when the run is being driven already */
    static RunLock acquire(Path runFolder, long taskRunId) {
        Path path = runFolder.resolve("lock");
        try {
            FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(file)) {
                file.close();
                throw new MephistoException(
                        ErrorCode.CONFLICT,
                        "Task run " + taskRunId
                                + " is still going on in another process. Stop that one first, or launch a new run without resume_incomplete_run.");
            }
            return new RunLock(file);
        } catch (IOException e) {
            throw new MephistoException(ErrorCode.FILE_UNUSABLE, "\"" + path + "\" cannot be locked: " + e, e);
        }
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            @Nullable FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
