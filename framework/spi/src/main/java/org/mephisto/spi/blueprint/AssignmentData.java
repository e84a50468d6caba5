package org.mephisto.spi.blueprint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;

/**
 * One piece of work: {@code {shared, unit_data}}.
 *
 * @param shared what all its units have in common; the built-in blueprints send only this to the page
 * @param unitData one object for each unit; at least one
 */
public record AssignmentData(JsonValue shared, List<JsonNode> unitData) {
    private static final List<JsonNode> ONE_EMPTY_UNIT = List.of(Json.object());

    public AssignmentData {
        unitData = List.copyOf(unitData);
        if (unitData.isEmpty()) {
            throw new MephistoException(
                    ErrorCode.INVALID_INPUT, "An assignment needs at least one unit; its \"unit_data\" is empty.");
        }
    }

    /** Work for one worker. */
    public static AssignmentData single(Map<String, ?> shared) {
        return of(Json.toNode(shared), 1);
    }

    /** The same work for several workers. */
    public static AssignmentData of(JsonNode shared, int units) {
        return of(JsonValue.of(shared), units);
    }

    /** The same work for several workers. */
    public static AssignmentData of(JsonValue shared, int units) {
        if (units == 1) {
            return new AssignmentData(shared, ONE_EMPTY_UNIT);
        }
        List<JsonNode> each = new ArrayList<>(units);
        for (int i = 0; i < units; i++) {
            each.add(Json.object());
        }
        return new AssignmentData(shared, each);
    }

    /** Reads {@code {shared, unit_data}}. */
    public static AssignmentData fromJson(JsonNode json) {
        List<JsonNode> units = new ArrayList<>();
        json.path("unit_data").forEach(units::add);
        return new AssignmentData(JsonValue.of(json.path("shared")), units);
    }

    /** Writes {@code {shared, unit_data}}. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.set("shared", shared.node());
        json.putArray("unit_data").addAll(unitData);
        return json;
    }
}
