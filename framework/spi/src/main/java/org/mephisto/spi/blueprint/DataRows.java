package org.mephisto.spi.blueprint;

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
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;

/** The items of a data file, read one ahead. Confined to one thread; whoever opened the reader closes it. */
abstract class DataRows implements Iterator<JsonNode> {
    private static final CsvMapper CSV = CsvMapper.csvBuilder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();
    private static final ObjectReader ITEM =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    final DataFile file;
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
                throw file.unreadable(e, line());
            } catch (UncheckedIOException e) {
                throw file.unreadable(e.getCause() == null ? new IOException(e) : e.getCause(), line());
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
            throw file.broken(line(), "this item is not an object: " + item, null);
        }
        return item;
    }

    private DataRows(DataFile file) {
        this.file = file;
    }

    static DataRows of(DataFile file, BufferedReader reader) {
        return switch (file.format()) {
            case CSV -> new CsvRows(file, reader);
            case JSON -> new JsonRows(file, reader);
            case JSONL -> new JsonlRows(file, reader);
        };
    }

    private static final class CsvRows extends DataRows {
        private final MappingIterator<String[]> lines;
        private final String[] names;
        private long line;

        CsvRows(DataFile file, BufferedReader reader) {
            super(file);
            try {
                lines = CSV.readerFor(String[].class).readValues(reader);
                names = lines.hasNextValue() ? lines.nextValue() : new String[0];
            } catch (IOException e) {
                throw file.unreadable(e, 1);
            }
            Set<String> known = new HashSet<>();
            for (int i = 0; i < names.length; i++) {
                names[i] = names[i].strip();
                if (names[i].isEmpty() || !known.add(names[i])) {
                    String what = names[i].isEmpty()
                            ? "column " + (i + 1) + " has no name"
                            : "two columns have the name \"" + names[i] + "\"";
                    throw file.broken(1, what, null);
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
                throw file.broken(
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

    private static final class JsonRows extends DataRows {
        private final JsonParser parser;

        JsonRows(DataFile file, BufferedReader reader) {
            super(file);
            try {
                parser = Json.MAPPER.createParser(reader);
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    throw file.broken(1, "it does not begin with a list", null);
                }
            } catch (IOException e) {
                throw file.unreadable(e, 1);
            }
        }

        @Override
        @Nullable
        JsonNode read() throws IOException {
            if (parser.nextToken() != JsonToken.END_ARRAY) {
                return ITEM.readTree(parser);
            }
            if (parser.nextToken() != null) {
                throw file.broken(line(), "there is something after the list", null);
            }
            return null;
        }

        @Override
        long line() {
            return parser.currentLocation().getLineNr();
        }
    }

    private static final class JsonlRows extends DataRows {
        private final BufferedReader reader;
        private long line;

        JsonlRows(DataFile file, BufferedReader reader) {
            super(file);
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
                throw file.broken(line, e.getMessage(), e);
            }
        }

        @Override
        long line() {
            return line;
        }
    }
}
