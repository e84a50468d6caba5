package org.mephisto.spi.blueprint;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
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
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;

/**
 * A file of items of work, read one by one: the file may be larger than the memory. Immutable; each stream is confined to one thread.
 *
 * @param path absolute once {@link #in} has made it so
 */
record DataFile(Path path, Format format) {
    private static final CsvMapper CSV = CsvMapper.csvBuilder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private static final ObjectReader ITEM =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    enum Format {
        CSV,
        JSON,
        JSONL
    }

    /** This file, where a relative path stands in the folder. */
    DataFile in(Path folder) {
        return new DataFile(folder.resolve(path), format);
    }

    /** The option that names the file. */
    String key() {
        return "mephisto.blueprint.data_" + format.name().toLowerCase(Locale.ROOT);
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
    Stream<JsonNode> rows() {
        BufferedReader reader = open();
        try {
            Rows rows = switch (format) {
                case CSV -> new CsvRows(reader);
                case JSON -> new JsonRows(reader);
                case JSONL -> new JsonlRows(reader);
            };
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

    private MephistoException unreadable(IOException e, long line) {
        if (e instanceof CharacterCodingException) {
            return unusable("is not UTF-8 text, near line " + line, "Save it with the encoding UTF-8.", e);
        }
        if (e instanceof JsonParseException syntax && syntax.getLocation() != null) {
            return broken(syntax.getLocation().getLineNr(), syntax.getOriginalMessage(), e);
        }
        return unusable("cannot be read: " + e.getMessage(), "Check that it is a file that you may read.", e);
    }

    private MephistoException broken(long line, String what, @Nullable Throwable cause) {
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

    /** Reads one item ahead. */
    private abstract class Rows implements Iterator<JsonNode> {
        private @Nullable JsonNode next;
        private boolean ended;

        /** The next item; null at the end. */
        abstract @Nullable JsonNode read() throws IOException;

        /** Where reading is, for errors. */
        abstract long line();

        @Override
        public final boolean hasNext() {
            if (next == null && !ended) {
                try {
                    next = read();
                } catch (IOException e) {
                    throw unreadable(e, line());
                } catch (UncheckedIOException e) {
                    throw unreadable(e.getCause() == null ? new IOException(e) : e.getCause(), line());
                }
                ended = next == null;
            }
            return next != null;
        }

        @Override
        public final JsonNode next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            JsonNode item = next;
            next = null;
            if (!item.isObject()) {
                throw broken(line(), "this item is not an object: " + item, null);
            }
            return item;
        }
    }

    private final class CsvRows extends Rows {
        private final MappingIterator<String[]> lines;
        private final String[] names;
        private long line;

        CsvRows(BufferedReader reader) {
            try {
                lines = CSV.readerFor(String[].class).readValues(reader);
                names = lines.hasNextValue() ? lines.nextValue() : new String[0];
            } catch (IOException e) {
                throw unreadable(e, 1);
            }
            Set<String> known = new HashSet<>();
            for (int i = 0; i < names.length; i++) {
                names[i] = names[i].strip();
                if (names[i].isEmpty() || !known.add(names[i])) {
                    String what = names[i].isEmpty()
                            ? "column " + (i + 1) + " has no name"
                            : "two columns have the name \"" + names[i] + "\"";
                    throw broken(1, what, null);
                }
            }
        }

        @Override
        @Nullable
        JsonNode read() throws IOException {
            if (!lines.hasNextValue()) {
                return null;
            }
            // The token stands at the end of the line before.
            line = lines.getParser().currentTokenLocation().getLineNr() + 1L;
            String[] values = lines.nextValue();
            if (values.length != names.length) {
                throw broken(
                        line(), "it has " + values.length + " values, but the heading names " + names.length, null);
            }
            ObjectNode row = Json.object();
            for (int i = 0; i < names.length; i++) {
                row.put(names[i], values[i]);
            }
            return row;
        }

        @Override
        long line() {
            return line;
        }
    }

    private final class JsonRows extends Rows {
        private final JsonParser parser;

        JsonRows(BufferedReader reader) {
            try {
                parser = Json.MAPPER.createParser(reader);
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    throw broken(1, "it does not begin with a list", null);
                }
            } catch (IOException e) {
                throw unreadable(e, 1);
            }
        }

        @Override
        @Nullable
        JsonNode read() throws IOException {
            if (parser.nextToken() != JsonToken.END_ARRAY) {
                return ITEM.readTree(parser);
            }
            if (parser.nextToken() != null) {
                throw broken(line(), "there is something after the list", null);
            }
            return null;
        }

        @Override
        long line() {
            return parser.currentLocation().getLineNr();
        }
    }

    private final class JsonlRows extends Rows {
        private final BufferedReader reader;
        private long line;

        JsonlRows(BufferedReader reader) {
            this.reader = reader;
        }

        @Override
        @Nullable
        JsonNode read() throws IOException {
            String text = "";
            while (text != null && text.isBlank()) {
                text = reader.readLine();
                line++;
            }
            if (text == null) {
                return null;
            }
            try {
                return Json.parse(text);
            } catch (MephistoException e) {
                throw broken(line, e.getMessage(), e);
            }
        }

        @Override
        long line() {
            return line;
        }
    }
}
