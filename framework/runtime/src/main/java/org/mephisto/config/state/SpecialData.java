package org.mephisto.config.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.config.bind.Problems;
import org.mephisto.spi.blueprint.DataFile;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;

/** Screening and gold data: a list in the configuration, or a file, read whole. */
final class SpecialData {
    private static final String EXPECT = "expect";

    private SpecialData() {}

    /** @throws MephistoException {@code FILE_UNUSABLE} */
    static List<JsonNode> read(JsonNode data, Path taskDirectory) {
        List<JsonNode> items = new ArrayList<>();
        if (data.isArray()) {
            data.forEach(item -> items.add(withExpect(item)));
            return items;
        }
        try (Stream<JsonNode> rows =
                DataFile.of(taskDirectory.resolve(data.asText())).rows()) {
            rows.forEach(item -> items.add(withExpect(item)));
        }
        return items;
    }

    /** A CSV file can only hold what is expected as the text of a JSON object. */
    private static JsonNode withExpect(JsonNode item) {
        JsonNode expect = item.path(EXPECT);
        if (!(item instanceof ObjectNode fields) || !expect.isTextual()) {
            return item;
        }
        try {
            JsonNode parsed = Json.parse(expect.asText());
            return parsed.isObject() ? fields.deepCopy().set(EXPECT, parsed) : item;
        } catch (MephistoException e) {
            return item; // told by the check, as any other text
        }
    }

    /** Adds what is wrong with the items to a report. */
    static void check(String path, JsonNode data, Path taskDirectory, Problems problems) {
        List<JsonNode> items;
        try {
            items = read(data, taskDirectory);
        } catch (MephistoException e) {
            problems.add(path, e.getMessage());
            return;
        }
        if (items.isEmpty()) {
            problems.add(path, "holds no work. Add at least one item.");
        }
        for (int i = 0; i < items.size(); i++) {
            if (!items.get(i).isObject()) {
                problems.add(
                        path + "[" + i + "]",
                        "must be an object of fields, not " + Problems.quoted(items.get(i)) + ".");
            } else if (!expectsNothing(items.get(i))) {
                UserFunctions.checkExpect(
                        path + "[" + i + "]." + EXPECT, items.get(i).get(EXPECT), problems);
            }
        }
    }

    /** Such an item is left to the function that judges; in a CSV file, its cell is empty. */
    private static boolean expectsNothing(JsonNode item) {
        JsonNode expect = item.path(EXPECT);
        return ConfigBinder.isAbsent(expect)
                || (expect.isTextual() && expect.asText().isBlank());
    }
}
