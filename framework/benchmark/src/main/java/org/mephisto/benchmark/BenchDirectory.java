package org.mephisto.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.store.FolderTree;

/**
 * A folder of the benchmark's own, gone when it closes.
 *
 * @param path exists until then
 */
record BenchDirectory(Path path) implements AutoCloseable {
    /** Makes a new folder in the given one. */
    static BenchDirectory in(Path parent) {
        try {
            return new BenchDirectory(
                    Files.createTempDirectory(parent.toAbsolutePath().normalize(), "mephisto-bench-"));
        } catch (IOException e) {
            throw new MephistoException(
                    ErrorCode.FILE_UNUSABLE,
                    "Cannot make a folder for the benchmark's data in \"" + parent
                            + "\"; name one that can be written with --directory.",
                    e);
        }
    }

    /** A new folder inside. */
    Path folder(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw new MephistoException(ErrorCode.FILE_UNUSABLE, "Cannot make \"" + path.resolve(name) + "\".", e);
        }
    }

    @Override
    public void close() {
        remove(path);
    }

    /** Removes a folder with all that is in it. */
    static void remove(Path folder) {
        try {
            FolderTree.delete(folder);
        } catch (IOException e) {
            throw new MephistoException(
                    ErrorCode.FILE_UNUSABLE, "Cannot remove \"" + folder + "\"; remove it yourself.", e);
        }
    }
}
