package org.mephisto.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/**
 * Uploaded files in one folder, such as {@link DataDirectories#files}. A file appears under its final name only when all of it is on the
 * disk: it is written beside under another name, fsynced and renamed, and then the folder is fsynced. Names are made up here; the worker's
 * own name gives no more than its extension. Thread-safe; blocks.
 *
 * @param folder must be there
 */
public record Blobs(Path folder) {
    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,10}$");
    private static final Pattern NAME = Pattern.compile("[0-9a-f-]{36}(\\.[a-z0-9]{1,10})?");

    /**
     * Keeps what the stream gives, to its end.
     *
     * @return the name under which it is kept
     * @throws MephistoException {@code FILE_UNUSABLE}; nothing is kept then
     */
    public String save(InputStream content, String originalName) {
        Path temporary = folder.resolve(UUID.randomUUID() + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW)) {
                content.transferTo(out);
            }
            return keep(temporary, originalName);
        } catch (IOException e) {
            deleteQuietly(temporary);
            throw unusable("written", e);
        }
    }

    /**
     * Keeps a file that was written elsewhere on the same disk; it is gone from there afterwards.
     *
     * @return the name under which it is kept
     * @throws MephistoException {@code FILE_UNUSABLE}; the file is where it was then
     */
    public String adopt(Path file, String originalName) {
        try {
            return keep(file, originalName);
        } catch (IOException e) {
            throw unusable("moved to", e);
        }
    }

    private String keep(Path file, String originalName) throws IOException {
        String name = UUID.randomUUID() + extension(originalName);
        sync(file, StandardOpenOption.WRITE);
        Files.move(file, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
        return name;
    }

    private static String extension(String originalName) {
        Matcher matcher = EXTENSION.matcher(originalName);
        return matcher.find() ? matcher.group().toLowerCase(Locale.ROOT) : "";
    }

    private static void sync(Path file, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(file, option)) {
            channel.force(true);
        }
    }

    /** Some systems cannot open a folder; there the rename is as durable as they make it. */
    private void syncFolder() throws IOException {
        if (!System.getProperty("os.name").startsWith("Windows")) {
            sync(folder, StandardOpenOption.READ);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A part that cannot be removed only takes room; the failure that led here is the one to tell.
        }
    }

    /**
     * Where a kept file is.
     *
     * @throws MephistoException {@code NOT_FOUND} for a name that was not made here, such as one that leaves the folder
     */
    public Path path(String name) {
        Path file = folder.resolve(NAME.matcher(name).matches() ? name : "none");
        if (!Files.isRegularFile(file)) {
            throw new MephistoException(
                    ErrorCode.NOT_FOUND, "No uploaded file is called \"" + name + "\". Check the name in the export.");
        }
        return file;
    }

    private MephistoException unusable(String what, IOException cause) {
        return new MephistoException(
                ErrorCode.FILE_UNUSABLE,
                "An uploaded file could not be " + what + " \"" + folder
                        + "\". Make room there, and the folder writable for this user.",
                cause);
    }
}
