package org.mephisto.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.mephisto.spi.json.Json;

/** Writes export rows in one of the formats. */
public final class ExportWriter {
    /** What is only known once somebody has begun a unit. */
    static final List<String> WORK_COLUMNS = List.of(
            "worker_id",
            "worker_name",
            "agent_id",
            "status",
            "task_start",
            "task_end",
            "inputs",
            "outputs",
            "files",
            "metadata",
            "tips",
            "feedback",
            "worker_opinion");

    /** The columns, in order. */
    public static final List<String> COLUMNS = Stream.of(
                    List.of("task_name", "task_run_id", "assignment_id", "unit_id", "unit_index"),
                    WORK_COLUMNS,
                    List.of("flags", "review"))
            .flatMap(List::stream)
            .toList();

    private ExportWriter() {}

    /** Rows that can be gone through, more than once. */
    @FunctionalInterface
    public interface Rows {
        void forEach(Consumer<ObjectNode> consumer);
    }

    /**
     * Writes all rows.
     *
     * @param flatten for CSV: a column for each nested value ({@code outputs.label}) in place of JSON text; goes through the rows twice
     * @return how many there were
     */
    public static long write(Rows rows, ExportFormat format, boolean flatten, Writer out) throws IOException {
        try {
            return switch (format) {
                case JSONL -> writeLines(rows, out);
                case JSON -> writeArray(rows, out);
                case CSV -> flatten ? writeFlat(rows, out) : writeCsv(rows, COLUMNS, ExportWriter::nestedAsText, out);
            };
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static long writeLines(Rows rows, Writer out) throws IOException {
        long count = each(rows, row -> out.append(Json.write(row)).append('\n'));
        out.flush();
        return count;
    }

    private static long writeArray(Rows rows, Writer out) throws IOException {
        JsonGenerator json = Json.MAPPER.getFactory().createGenerator(out);
        json.useDefaultPrettyPrinter();
        json.writeStartArray();
        long count = each(rows, json::writeTree);
        json.writeEndArray();
        json.flush();
        out.append('\n').flush();
        return count;
    }

    private static long writeFlat(Rows rows, Writer out) throws IOException {
        Set<String> columns = new LinkedHashSet<>();
        Set<String> seen = new LinkedHashSet<>();
        each(rows, row -> seen.addAll(flat(row).keySet()));
        for (String column : COLUMNS) {
            seen.stream()
                    .filter(name -> name.equals(column) || name.startsWith(column + "."))
                    .forEach(columns::add);
        }
        return writeCsv(rows, List.copyOf(columns), ExportWriter::flat, out);
    }

    private static long writeCsv(Rows rows, List<String> columns, Cells cells, Writer out) throws IOException {
        CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true).setLineSeparator("\r\n");
        columns.forEach(schema::addColumn);
        // Quotes somewhat more than needed: the strict check overlooks line feeds within a value.
        CsvGenerator csv = new CsvFactory().createGenerator(out);
        csv.setSchema(schema.build());
        long count = each(rows, row -> {
            Map<String, String> values = cells.of(row);
            csv.writeStartObject();
            for (String column : columns) {
                csv.writeStringField(column, values.getOrDefault(column, ""));
            }
            csv.writeEndObject();
        });
        csv.flush();
        return count;
    }

    @FunctionalInterface
    private interface Cells {
        Map<String, String> of(ObjectNode row);
    }

    private static Map<String, String> nestedAsText(ObjectNode row) {
        Map<String, String> cells = new LinkedHashMap<>();
        row.properties().forEach(column -> cells.put(column.getKey(), cell(column.getValue())));
        return cells;
    }

    private static Map<String, String> flat(ObjectNode row) {
        Map<String, String> cells = new LinkedHashMap<>();
        row.properties().forEach(column -> flatten(column.getKey(), column.getValue(), cells));
        return cells;
    }

    private static void flatten(String name, JsonNode value, Map<String, String> cells) {
        if (value instanceof ObjectNode object && !object.isEmpty()) {
            object.properties().forEach(field -> flatten(name + "." + field.getKey(), field.getValue(), cells));
        } else {
            cells.put(name, cell(value));
        }
    }

    private static String cell(JsonNode value) {
        if (value.isNull() || (value.isContainerNode() && value.isEmpty())) {
            return "";
        }
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    @FunctionalInterface
    private interface RowWriter {
        void write(ObjectNode row) throws IOException;
    }

    private static long each(Rows rows, RowWriter writer) {
        long[] count = {0};
        rows.forEach(row -> {
            try {
                writer.write(row);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            count[0]++;
        });
        return count[0];
    }
}
