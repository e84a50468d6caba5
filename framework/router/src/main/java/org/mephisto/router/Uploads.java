package org.mephisto.router;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.mephisto.router.PendingRequests.StoredFile;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of files that workers send. A file is written under a temporary name, and gets its own name, unguessable and still readable,
 * only when it is whole and on disk. Every method but {@link #temporary} touches the disk: call from a thread that may block. Thread-safe.
 */
final class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final String TEMPORARY = ".part-";
    private static final int LONGEST_READABLE = 80;

    private final Path folder;

    private Uploads(Path folder) {
        this.folder = folder;
    }

    /** Creates the folder when missing and removes what an earlier router left half written. */
    static Uploads open(Path folder) {
        try {
            Files.createDirectories(folder);
            try (DirectoryStream<Path> leftOver = Files.newDirectoryStream(folder, TEMPORARY + "*")) {
                for (Path file : leftOver) {
                    Files.delete(file);
                }
            }
            return new Uploads(folder.toRealPath());
        } catch (IOException e) {
            throw new MephistoException(
                    ErrorCode.FILE_UNUSABLE,
                    "The folder for uploaded files \"" + folder + "\" cannot be used: " + e.getMessage()
                            + ". Check that it can be written to.",
                    e);
        }
    }

    Path folder() {
        return folder;
    }

    /** A new temporary file's path; nothing is there yet. */
    Path temporary() {
        return folder.resolve(TEMPORARY + Chance.hex(12));
    }

    /** Brings a whole file to disk for good and gives it its name. {@link #syncFolder} makes the names of several last. */
    StoredFile keep(Path temporary, String originalName) throws IOException {
        try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        String filename = Chance.hex(12) + "-" + readable(originalName);
        Files.move(temporary, folder.resolve(filename), StandardCopyOption.ATOMIC_MOVE);
        return new StoredFile(filename);
    }

    /** The end of the name, letters and digits of any script out, so that it means the same in every file system and header. */
    private static String readable(String originalName) {
        String last =
                originalName.substring(Math.max(originalName.lastIndexOf('/'), originalName.lastIndexOf('\\')) + 1);
        String safe = last.replaceAll("[^A-Za-z0-9._-]", "_");
        return safe.length() <= LONGEST_READABLE ? safe : safe.substring(safe.length() - LONGEST_READABLE);
    }

    void syncFolder() throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Removes temporary files; what is not there is no error. */
    void discardTemporary(List<Path> files) {
        files.forEach(this::delete);
    }

    /** Removes files that were kept; what is not there is no error. */
    void discard(List<StoredFile> files) {
        files.forEach(file -> delete(folder.resolve(file.filename())));
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("The uploaded file \"{}\" cannot be removed: {}", file.getFileName(), e.getMessage());
        }
    }

    /** Where an uploaded file is. @throws MephistoException {@code NOT_FOUND} when there is none of this name */
    Path find(String filename) {
        boolean isPlain = !filename.isEmpty()
                && !filename.startsWith(".")
                && filename.chars().allMatch(c -> c > ' ' && c != '/' && c != '\\' && c < 127);
        if (!isPlain || !Files.isRegularFile(folder.resolve(filename))) {
            throw new MephistoException(
                    ErrorCode.NOT_FOUND,
                    "No uploaded file is called \"" + filename + "\". Use a name from the submission's files.");
        }
        return folder.resolve(filename);
    }
}
