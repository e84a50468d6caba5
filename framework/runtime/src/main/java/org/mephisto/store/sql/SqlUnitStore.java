package org.mephisto.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.store.NewUnits;
import org.mephisto.store.UnitStore;
import org.mephisto.store.UnitWork;

record SqlUnitStore(Session session) implements UnitStore {
    private static final String SELECT = "SELECT id, assignment_id, task_run_id, unit_index, status FROM units ";

    @Override
    public Optional<Unit> find(long id) {
        return session.find(SELECT + "WHERE id = ?", row -> unit(row, 1), id);
    }

    @Override
    public boolean reserve(long unitId, long agentId, long workerId) {
        return session.update(
                        "UPDATE units SET status = 'assigned', agent_id = ?, worker_id = ? WHERE id = ? AND status = 'launched'",
                        agentId,
                        workerId,
                        unitId)
                > 0;
    }

    @Override
    public boolean changeStatus(long unitId, UnitStatus from, UnitStatus to) {
        return session.update("UPDATE units SET status = ? WHERE id = ? AND status = ?", to.word(), unitId, from.word())
                > 0;
    }

    @Override
    public boolean release(long unitId, long agentId, UnitStatus to) {
        if (to != UnitStatus.LAUNCHED && to != UnitStatus.EXPIRED) {
            throw new MephistoException(
                    ErrorCode.INTERNAL,
                    "A unit taken from its agent becomes launched or expired, not \"" + to.word() + "\".");
        }
        return session.update(
                        "UPDATE units SET status = ? WHERE id = ? AND agent_id = ? AND status = 'assigned'",
                        to.word(),
                        unitId,
                        agentId)
                > 0;
    }

    @Override
    public boolean complete(long unitId, long agentId) {
        return session.update(
                        "UPDATE units SET status = 'completed' WHERE id = ? AND agent_id = ? AND status = 'assigned'",
                        unitId,
                        agentId)
                > 0;
    }

    @Override
    public List<Unit> expireOpen(long taskRunId) {
        List<Unit> open = session.list(
                SELECT + "WHERE task_run_id = ? AND status IN ('created', 'launched') ORDER BY id"
                        + session.dialect().forUpdate(),
                row -> unit(row, 1),
                taskRunId);
        session.update(
                "UPDATE units SET status = 'expired' WHERE task_run_id = ? AND status IN ('created', 'launched')",
                taskRunId);
        return open;
    }

    @Override
    public int relaunchExpired(long taskRunId) {
        return session.update(
                "UPDATE units SET status = 'launched' WHERE task_run_id = ? AND status = 'expired' AND unit_index >= 0",
                taskRunId);
    }

    @Override
    public int relaunchExpiredTogether(long taskRunId) {
        return session.update("""
                UPDATE units SET status = 'launched' WHERE task_run_id = ? AND status = 'expired' AND unit_index >= 0
                    AND assignment_id NOT IN (SELECT assignment_id FROM (
                        SELECT u.assignment_id FROM units u LEFT JOIN agents a ON a.id = u.agent_id
                        WHERE u.task_run_id = ? AND u.status NOT IN ('created', 'launched', 'expired')
                            AND (u.status <> 'assigned' OR a.status = 'in task')) AS begun)""", taskRunId, taskRunId);
    }

    @Override
    public NewUnits listByStatus(long taskRunId, UnitStatus status, long afterId, int limit) {
        List<Unit> page = session.list(
                SELECT + "WHERE task_run_id = ? AND status = ? AND unit_index >= 0 AND id > ? ORDER BY id LIMIT ?",
                row -> unit(row, 1),
                taskRunId,
                status.word(),
                afterId,
                limit);
        return new NewUnits(
                page.stream().mapToLong(Unit::id).toArray(),
                page.stream().mapToLong(Unit::assignmentId).toArray(),
                page.stream().mapToInt(Unit::index).toArray());
    }

    @Override
    public void addFlags(long unitId, List<String> flags) {
        Set<String> all = new LinkedHashSet<>();
        session.find(
                        "SELECT flags FROM units WHERE id = ?"
                                + session.dialect().forUpdate(),
                        row -> flags(row.getString(1)),
                        unitId)
                .ifPresent(all::addAll);
        all.addAll(flags);
        session.update("UPDATE units SET flags = ? WHERE id = ?", Json.write(all), unitId);
    }

    static List<String> flags(@Nullable String json) {
        if (json == null) {
            return List.of();
        }
        return Json.parse(json).valueStream().map(flag -> flag.asText()).toList();
    }

    @Override
    public Map<UnitStatus, Long> countByStatus(long taskRunId) {
        Map<UnitStatus, Long> counts = new EnumMap<>(UnitStatus.class);
        session.list(
                "SELECT status, COUNT(*) FROM units WHERE task_run_id = ? AND unit_index >= 0 GROUP BY status",
                row -> {
                    counts.put(UnitStatus.ofWord(row.getString(1)), row.getLong(2));
                    return true;
                },
                taskRunId);
        return counts;
    }

    @Override
    public void forEachWork(List<Long> taskRunIds, Consumer<UnitWork> consumer) {
        new UnitWorkCursor(session, taskRunIds).forEach(consumer);
    }

    /** The columns of {@link #find} from this one on. */
    static Unit unit(ResultSet row, int first) throws SQLException {
        return new Unit(
                row.getLong(first),
                row.getLong(first + 1),
                row.getLong(first + 2),
                row.getInt(first + 3),
                UnitStatus.ofWord(row.getString(first + 4)));
    }
}
