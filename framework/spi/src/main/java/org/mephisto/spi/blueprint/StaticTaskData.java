package org.mephisto.spi.blueprint;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Spliterator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;

/** The work of a static blueprint, from a file or from code. Confined to one thread at a time; the blueprint closes it when it is closed. */
public final class StaticTaskData implements AutoCloseable {
    /** A file up to this size is read through before the launch, so that a mistake in its last line is told before anything is launched. */
    private static final long CHECKED_BYTES = 64L * 1024 * 1024;

    private final Optional<DataFile> file;
    private final Optional<Stream<JsonNode>> code;
    private final Optional<Spliterator<JsonNode>> items;
    private final int unitsPerAssignment;

    StaticTaskData(Optional<DataFile> file, Optional<Supplier<Stream<JsonNode>>> code, int unitsPerAssignment) {
        this.file = file;
        this.code = file.isPresent() ? Optional.empty() : code.map(Supplier::get);
        this.items = this.code.map(Stream::spliterator);
        this.unitsPerAssignment = unitsPerAssignment;
    }

    /**
     * The work of a file that an option of the blueprint's own names.
     *
     * @param option the key under {@code mephisto.blueprint}; it ends with {@code _csv}, {@code _json} or {@code _jsonl}, which says how the
     *     file reads
     * @param file absolute
     */
    public static StaticTaskData ofFile(String option, Path file, int unitsPerAssignment) {
        String ending = option.substring(option.lastIndexOf('_') + 1);
        DataFile.Format format = DataFile.Format.valueOf(ending.toUpperCase(Locale.ROOT));
        return new StaticTaskData(
                Optional.of(new DataFile(file, format, option)), Optional.empty(), unitsPerAssignment);
    }

    /** What is wrong with the data: no source, an unreadable or empty file, a broken line. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (file.isEmpty() && code.isEmpty()) {
            problems.add(new Problem(
                    "mephisto.blueprint.data_csv",
                    "missing: there is no work to do. Give data_csv, data_json or data_jsonl, or static_task_data in"
                            + " mephisto.shared_state."));
        }
        file.ifPresent(given -> {
            try (Stream<JsonNode> rows = given.rows()) {
                long count = given.size() <= CHECKED_BYTES
                        ? rows.count()
                        : rows.limit(1_000).count();
                if (count == 0) {
                    problems.add(
                            new Problem(given.key(), "\"" + given.path() + "\" holds no work. Add at least one item."));
                }
            } catch (MephistoException e) {
                problems.add(new Problem(given.key(), e.getMessage()));
            }
        });
        return problems;
    }

    /** Whether nobody knows how much there is: a stream of code that is not made of a list. */
    public boolean mayBeEndless() {
        return items.filter(known -> !known.hasCharacteristics(Spliterator.SIZED))
                .isPresent();
    }

    /**
     * The assignments, one after the other as they are asked for. Call once; close the stream.
     *
     * @throws MephistoException from the stream, {@code FILE_UNUSABLE} or {@code INVALID_INPUT} with file and line, when an item cannot be
     *     read
     */
    public Stream<AssignmentData> assignments() {
        Stream<JsonNode> rows = file.map(DataFile::rows)
                .orElseGet(() -> items.map(known -> StreamSupport.stream(known, false)
                                .onClose(this::close)
                                .peek(StaticTaskData::requireObject))
                        .orElseGet(Stream::empty));
        return rows.map(shared -> AssignmentData.of(shared, unitsPerAssignment));
    }

    private static void requireObject(JsonNode item) {
        if (!item.isObject()) {
            throw new MephistoException(
                    ErrorCode.INVALID_INPUT,
                    "static_task_data holds an item that is not an object: \"" + shortened(Json.write(item))
                            + "\". Give each item as an object of fields.");
        }
    }

    static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 79) + "…";
    }

    @Override
    public void close() {
        code.ifPresent(Stream::close);
    }
}
