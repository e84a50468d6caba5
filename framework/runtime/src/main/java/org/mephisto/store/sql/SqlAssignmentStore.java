package org.mephisto.store.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.store.AssignmentStore;
import org.mephisto.store.NewUnits;

record SqlAssignmentStore(Session session) implements AssignmentStore {
    private static final String ONE_EMPTY_UNIT = "[{}]";

    @Override
    public NewUnits create(long taskRunId, List<AssignmentData> data, UnitStatus unitStatus) {
        long[] assignmentIds = createAssignments(taskRunId, data);
        int size = 0;
        for (AssignmentData assignment : data) {
            size += assignment.unitData().size();
        }
        long[] assignmentOfUnit = new long[size];
        int[] indexes = new int[size];
        int unit = 0;
        for (int i = 0; i < assignmentIds.length; i++) {
            int units = data.get(i).unitData().size();
            for (int index = 0; index < units; index++) {
                assignmentOfUnit[unit] = assignmentIds[i];
                indexes[unit++] = index;
            }
        }
        return createUnits(taskRunId, assignmentOfUnit, indexes, unitStatus);
    }

    @Override
    public NewUnits createSpecial(long taskRunId, AssignmentData data, int index, UnitStatus unitStatus) {
        if (index >= 0 || data.unitData().size() != 1) {
            throw new MephistoException(
                    ErrorCode.INTERNAL,
                    "A special unit has an index below 0 and an assignment of one unit, not index \"" + index
                            + "\" and \"" + data.unitData().size() + "\" units.");
        }
        return createUnits(taskRunId, createAssignments(taskRunId, List.of(data)), new int[] {index}, unitStatus);
    }

    private static AssignmentData data(String shared, String unitData) {
        JsonValue common = JsonValue.ofText(shared);
        if (unitData.equals(ONE_EMPTY_UNIT)) {
            return AssignmentData.of(common, 1);
        }
        List<JsonNode> units = new ArrayList<>();
        Json.parse(unitData).forEach(units::add);
        return new AssignmentData(common, units);
    }

    @Override
    public Map<Long, AssignmentData> listFrom(long taskRunId, long firstId, int limit, int characters) {
        Map<Long, AssignmentData> page = new HashMap<>();
        int[] left = {characters};
        session.forEachWhile(
                "SELECT id, shared, unit_data FROM assignments WHERE id >= ? AND task_run_id = ? ORDER BY id LIMIT ?",
                row -> {
                    String shared = row.getString(2);
                    String unitData = row.getString(3);
                    page.put(row.getLong(1), data(shared, unitData));
                    left[0] -= shared.length() + unitData.length();
                    return left[0] > 0;
                },
                firstId,
                taskRunId,
                limit);
        return page;
    }

    @Override
    public long count(long taskRunId) {
        return session.find(
                        "SELECT COUNT(DISTINCT assignment_id) FROM units WHERE task_run_id = ? AND unit_index >= 0",
                        row -> row.getLong(1),
                        taskRunId)
                .orElse(0L);
    }

    @Override
    public AssignmentData data(long assignmentId) {
        return session.find(
                        "SELECT shared, unit_data FROM assignments WHERE id = ?",
                        row -> data(row.getString(1), row.getString(2)),
                        assignmentId)
                .orElseThrow(() -> new MephistoException(
                        ErrorCode.NOT_FOUND,
                        "There is no assignment \"" + assignmentId + "\". Check the id and the database in use."));
    }

    private long[] createAssignments(long taskRunId, List<AssignmentData> data) {
        return insertRows(
                "INSERT INTO assignments (task_run_id, shared, unit_data) VALUES ",
                3,
                data.size(),
                (row, arguments, at) -> {
                    AssignmentData assignment = data.get(row);
                    arguments[at] = taskRunId;
                    arguments[at + 1] = assignment.shared().text();
                    arguments[at + 2] = unitData(assignment);
                });
    }

    private static String unitData(AssignmentData data) {
        boolean isPlain = data.unitData().size() == 1
                && data.unitData().getFirst().isObject()
                && data.unitData().getFirst().isEmpty();
        return isPlain ? ONE_EMPTY_UNIT : Json.write(data.unitData());
    }

    private NewUnits createUnits(long taskRunId, long[] assignmentIds, int[] indexes, UnitStatus status) {
        long[] unitIds = insertRows(
                "INSERT INTO units (task_run_id, assignment_id, unit_index, status) VALUES ",
                4,
                indexes.length,
                (row, arguments, at) -> {
                    arguments[at] = taskRunId;
                    arguments[at + 1] = assignmentIds[row];
                    arguments[at + 2] = indexes[row];
                    arguments[at + 3] = status.word();
                });
        return new NewUnits(unitIds, assignmentIds, indexes);
    }

    /** Inserts many rows a statement as long as there are many, then the rest one by one; returns their numbers in order. */
    private long[] insertRows(String insert, int columns, int rows, RowSource source) {
        Dialect dialect = session.dialect();
        long[] ids = new long[rows];
        int row = 0;
        while (row < rows) {
            int count = rows - row >= dialect.rowsPerInsert() ? dialect.rowsPerInsert() : 1;
            @Nullable Object[] arguments = new @Nullable Object[columns * count];
            for (int i = 0; i < count; i++) {
                source.put(row + i, arguments, i * columns);
            }
            long id = dialect.firstId(session.insert(insert + placeholders(columns, count), arguments), count);
            for (int i = 0; i < count; i++) {
                ids[row++] = id;
                id += dialect.idStep();
            }
        }
        return ids;
    }

    private static String placeholders(int columns, int rows) {
        String row = "(" + "?, ".repeat(columns - 1) + "?)";
        return (row + ", ").repeat(rows - 1) + row;
    }

    /** Puts one row's values where they belong. */
    @FunctionalInterface
    private interface RowSource {
        void put(int row, @Nullable Object[] arguments, int at);
    }
}
