package org.mephisto.config.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mephisto.config.bind.Problems;
import org.mephisto.spi.blueprint.DataFile;
import org.mephisto.spi.error.MephistoException;

/** Screening and gold data: a list in the configuration, or a file, read whole. */
final class SpecialData {
    private SpecialData() {}

    /** @throws MephistoException {@code FILE_UNUSABLE} */
    static List<JsonNode> read(JsonNode data, Path taskDirectory) {
        List<JsonNode> items = new ArrayList<>();
        if (data.isArray()) {
            data.forEach(items::add);
            return items;
        }
        try (Stream<JsonNode> rows =
                DataFile.of(taskDirectory.resolve(data.asText())).rows()) {
            rows.forEach(items::add);
        }
        return items;
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
                        "must be an object of fields, not \"" + items.get(i).asText() + "\".");
            }
        }
    }
}
