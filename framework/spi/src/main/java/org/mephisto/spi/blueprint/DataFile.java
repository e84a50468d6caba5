package org.mephisto.spi.blueprint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/**
 * A file of items of work, read one by one: the file may be larger than the memory. Immutable; each stream is confined to one thread.
 *
 * @param path absolute once {@link #in} has made it so
 * @param option the key under {@code mephisto.blueprint} that names the file
 */
public record DataFile(Path path, Format format, String option) {
    /** How the items are written. */
    public enum Format {
        CSV,
        JSON,
        JSONL
    }

    /** The file of {@code data_csv}, {@code data_json} or {@code data_jsonl}. */
    DataFile(Path path, Format format) {
        this(path, format, "data_" + format.name().toLowerCase(Locale.ROOT));
    }

    /**
     * A file whose format its name tells.
     *
     * @throws MephistoException {@code FILE_UNUSABLE} when it ends in none of {@code .csv}, {@code .json} and {@code .jsonl}
     */
    public static DataFile of(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        for (Format format : Format.values()) {
            if (name.endsWith("." + format.name().toLowerCase(Locale.ROOT))) {
                return new DataFile(path, format);
            }
        }
        throw new MephistoException(
                ErrorCode.FILE_UNUSABLE,
                "The data file \"" + path + "\" has none of the endings .csv, .json and .jsonl. Name one that has.");
    }

    /** This file, where a relative path stands in the folder. */
    DataFile in(Path folder) {
        return new DataFile(folder.resolve(path), format, option);
    }

    /** The option that names the file. */
    String key() {
        return "mephisto.blueprint." + option;
    }

    /** In bytes; 0 where there is no such file. */
    long size() {
        try {
            return Files.size(path);
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * The items, each an object. Close the stream.
     *
     * @throws MephistoException {@code FILE_UNUSABLE}, here or from the stream, saying file, line and what to do
     */
    public Stream<JsonNode> rows() {
        BufferedReader reader = open();
        try {
            DataRows rows = DataRows.of(this, reader);
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
                    .onClose(() -> close(reader));
        } catch (RuntimeException e) {
            close(reader);
            throw e;
        }
    }

    private BufferedReader open() {
        try {
            if (Files.isDirectory(path)) {
                throw unusable("is a folder", "Name the file in it.", null);
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(
                    Files.newInputStream(path),
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)));
            skipByteOrderMark(reader);
            return reader;
        } catch (NoSuchFileException e) {
            throw unusable("does not exist", "Check the path; a relative one stands in the folder of the task.", e);
        } catch (IOException e) {
            throw unreadable(e, 1);
        }
    }

    private static void skipByteOrderMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
    }

    private static void close(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MephistoException unreadable(IOException e, long line) {
        if (e instanceof CharacterCodingException) {
            return unusable("is not UTF-8 text, near line " + line, "Save it with the encoding UTF-8.", e);
        }
        if (e instanceof JsonProcessingException syntax) {
            // A quote that is not closed is noticed at the end of the file only; what helps is where its line begins.
            boolean noticedThere = format != Format.CSV && syntax.getLocation() != null;
            return broken(noticedThere ? syntax.getLocation().getLineNr() : line, syntax.getOriginalMessage(), e);
        }
        return unusable("cannot be read: " + e.getMessage(), "Check that it is a file that you may read.", e);
    }

    MephistoException broken(long line, String what, @Nullable Throwable cause) {
        return unusable(
                "cannot be read, line " + line + ": " + StaticTaskData.shortened(what),
                switch (format) {
                    case CSV ->
                        "Correct that line; a value that holds a comma, a quote or a line break stands in double quotes.";
                    case JSON -> "Correct that place; the file is a list of objects: [{...}, {...}].";
                    case JSONL -> "Correct that line; each line is one object: {...}.";
                },
                cause);
    }

    private MephistoException unusable(String what, String advice, @Nullable Throwable cause) {
        return new MephistoException(
                ErrorCode.FILE_UNUSABLE, "The data file \"" + path + "\" " + what + ". " + advice, cause);
    }
}
