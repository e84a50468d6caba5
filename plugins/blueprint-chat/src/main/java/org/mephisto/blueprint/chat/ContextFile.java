package org.mephisto.blueprint.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.StaticTaskData;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;

/**
 * A file of contexts. Whatever a row has under {@code private} must say whose it is and under which field, as everybody would read it
 * otherwise, or nobody. Immutable; the assignments are drawn by one thread.
 *
 * @param option the key under {@code mephisto.blueprint} that names the file
 * @param path absolute
 */
record ContextFile(String option, Path path, StaticTaskData rows) {
    static final String PRIVATE = "private";

    /** So many rows are looked at before the launch. */
    private static final int CHECKED_ROWS = 1_000;

    private static final int SHOWN_LENGTH = 80;

    static ContextFile of(String option, Path path, int participants) {
        return new ContextFile(option, path, StaticTaskData.ofFile(option, path, participants));
    }

    /**
     * What is wrong with the file.
     *
     * @param roles all that a private part may be for
     */
    List<Problem> problems(Set<String> roles) {
        List<Problem> problems = new ArrayList<>(rows.problems());
        if (!problems.isEmpty()) {
            return problems;
        }
        Set<String> unknown = new TreeSet<>();
        try (Stream<AssignmentData> checked = assignments().limit(CHECKED_ROWS)) {
            checked.forEach(
                    row -> row.shared().node().path(PRIVATE).fieldNames().forEachRemaining(unknown::add));
        } catch (MephistoException e) {
            return List.of(problem(e.getMessage()));
        }
        unknown.removeAll(roles);
        return unknown.isEmpty() ? List.of() : List.of(problem(nobodyPlays(unknown, roles)));
    }

    private Problem problem(String message) {
        return new Problem("mephisto.blueprint." + option, message);
    }

    private static String nobodyPlays(Set<String> unknown, Set<String> roles) {
        return "has something private for \"" + String.join("\", \"", unknown)
                + "\", which nobody plays. Known roles: "
                + (roles.isEmpty() ? "none; give roles" : String.join(", ", new TreeSet<>(roles))) + ".";
    }

    /**
     * The conversations, with {@code private: {ROLE: {FIELD: value}}} made of columns {@code private.ROLE.FIELD} too. Close the stream.
     *
     * @throws MephistoException from the stream, {@code INVALID_INPUT} with file, row and column where something private has no role or field
     */
    Stream<AssignmentData> assignments() {
        AtomicLong row = new AtomicLong();
        return rows.assignments()
                .map(data -> new AssignmentData(
                        JsonValue.of(nested(data.shared().node(), row.incrementAndGet())), data.unitData()));
    }

    private ObjectNode nested(JsonNode row, long number) {
        ObjectNode shared = Json.object();
        row.properties().forEach(field -> {
            String name = field.getKey();
            if (name.equals(PRIVATE)) {
                addRoles(shared, field.getValue(), number);
            } else if (name.startsWith(PRIVATE + ".")) {
                addField(shared, name, field.getValue(), number);
            } else {
                shared.set(name, field.getValue());
            }
        });
        return shared;
    }

    private void addRoles(ObjectNode shared, JsonNode roles, long row) {
        if (!roles.isObject() && !roles.isNull()) {
            throw misplaced(row, PRIVATE, roles);
        }
        roles.properties().forEach(role -> {
            if (role.getValue().isObject()) {
                ofRole(shared, role.getKey()).setAll((ObjectNode) role.getValue());
            } else if (!role.getValue().isNull()) {
                throw misplaced(row, PRIVATE + "." + role.getKey(), role.getValue());
            }
        });
    }

    private void addField(ObjectNode shared, String column, JsonNode value, long row) {
        String[] parts = column.split("\\.", 3);
        if (parts.length < 3 || parts[1].isEmpty() || parts[2].isEmpty()) {
            throw misplaced(row, column, value);
        }
        ofRole(shared, parts[1]).set(parts[2], value);
    }

    private static ObjectNode ofRole(ObjectNode shared, String role) {
        return shared.withObjectProperty(PRIVATE).withObjectProperty(role);
    }

    private MephistoException misplaced(long row, String column, JsonNode value) {
        String text = value.isTextual() ? value.textValue() : Json.write(value);
        String shown = text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH - 1) + "…";
        String form = option.endsWith("_csv")
                ? "Name the column private.ROLE.FIELD, such as private.Buyer.limit."
                : "Write it as \"private\": {\"ROLE\": {\"FIELD\": value}}, such as {\"Buyer\": {\"limit\": 90}}.";
        return new MephistoException(
                ErrorCode.INVALID_INPUT,
                "The data file \"" + path + "\" has, in row " + row + " under \"" + column + "\", the value \"" + shown
                        + "\", which does not say whose it is and what it is called. " + form);
    }

    void close() {
        rows.close();
    }
}
