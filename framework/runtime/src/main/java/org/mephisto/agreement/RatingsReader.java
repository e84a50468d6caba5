package org.mephisto.agreement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mephisto.agreement.Ratings.Rating;
import org.mephisto.config.bind.NearestName;
import org.mephisto.export.ExportRows;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.model.UnitStatus;

/**
 * Takes ratings from the rows of a task's export: what workers gave for a field. Confined to one thread; used once.
 *
 * <p>Gold and screening units are left out, whose answers are known, and units of other statuses than those asked for.
 */
public final class RatingsReader {
    private final String field;
    private final Set<String> statuses;
    private final List<Found> found = new ArrayList<>();
    private final Set<String> fields = new TreeSet<>();
    private final SortedMap<String, Integer> leftOut = new TreeMap<>();
    private int withoutField;

    /**
     * @param field a key of the outputs, dotted where it is an inner one
     * @param statuses whose units count
     */
    public RatingsReader(String field, Set<UnitStatus> statuses) {
        this.field = field;
        this.statuses = new HashSet<>(statuses.stream().map(UnitStatus::word).toList());
    }

    private record Found(String item, long workerId, String workerName, String value) {}

    /**
     * What was read.
     *
     * @param leftOut how many submitted units were not looked at, by status or kind
     * @param withoutField how many units had nothing in the field
     */
    public record Read(Ratings ratings, SortedMap<String, Integer> leftOut, int withoutField) {}

    /** @throws MephistoException {@code NOT_FOUND} when there is no such task, or no unit has the field */
    public Read read(ExportRows rows, String taskName) {
        rows.forEach(taskName, this::take);
        if (found.isEmpty() && withoutField > 0) {
            throw new MephistoException(
                    ErrorCode.NOT_FOUND,
                    "No unit of \"" + taskName + "\" has a field \"" + field + "\" in its outputs; "
                            + NearestName.hint(field, fields));
        }
        return new Read(ratings(), leftOut, withoutField);
    }

    void take(ObjectNode row) {
        JsonNode outputs = row.path("outputs");
        if (outputs.isMissingNode() || outputs.isNull()) {
            return;
        }
        String status = row.path("status").asText();
        if (row.path("unit_index").asInt() < 0) {
            leftOut.merge("gold or screening", 1, Integer::sum);
            return;
        }
        if (!statuses.contains(status)) {
            leftOut.merge(status, 1, Integer::sum);
            return;
        }
        collectFields("", outputs);
        JsonNode value = find(outputs);
        if (value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.textValue().isBlank())) {
            withoutField++;
            return;
        }
        found.add(new Found(
                row.path("assignment_id").asText(),
                row.path("worker_id").asLong(),
                row.path("worker_name").asText(),
                value.isValueNode() ? value.asText() : value.toString()));
    }

    /** As it is named; else within the final submission, where remote procedures and chats have what was submitted. */
    private JsonNode find(JsonNode outputs) {
        JsonNode plain = at(outputs, field);
        return plain.isMissingNode() ? at(outputs.path("final_submission"), field) : plain;
    }

    private static JsonNode at(JsonNode node, String path) {
        JsonNode literal = node.path(path);
        int dot = path.indexOf('.');
        return literal.isMissingNode() && dot > 0
                ? at(node.path(path.substring(0, dot)), path.substring(dot + 1))
                : literal;
    }

    /** The names that may have been meant; not those of deep or endless data. */
    private void collectFields(String prefix, JsonNode node) {
        node.properties().forEach(entry -> {
            String name = prefix + entry.getKey();
            if (entry.getValue().isObject()
                    && prefix.chars().filter(c -> c == '.').count() < 3) {
                collectFields(name + ".", entry.getValue());
            } else if (fields.size() < 200) {
                fields.add(name);
            }
        });
    }

    /** Workers go by their names; where two have the same one, with their ids. */
    private Ratings ratings() {
        Map<String, Set<Long>> ids = new HashMap<>();
        found.forEach(each ->
                ids.computeIfAbsent(each.workerName(), name -> new HashSet<>()).add(each.workerId()));
        return new Ratings(found.stream()
                .map(each -> new Rating(
                        each.item(),
                        ids.getOrDefault(each.workerName(), Set.of()).size() > 1
                                ? each.workerName() + " #" + each.workerId()
                                : each.workerName(),
                        each.value()))
                .toList());
    }
}
