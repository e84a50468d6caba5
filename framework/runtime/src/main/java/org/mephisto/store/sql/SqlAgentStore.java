package org.mephisto.store.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.blueprint.SubmittedFile;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.store.AgentRow;
import org.mephisto.store.AgentStore;

record SqlAgentStore(Session session) implements AgentStore {
    /** What {@link #agent} reads, with the assignment as {@code s} and the live updates as {@code l}. */
    static final String COLUMNS = """
            a.id, a.secret, a.unit_id, a.worker_id, a.task_run_id, a.registration_id, a.status,
            COALESCE(a.init_data, s.shared), a.final_submission, a.files, a.submitted_at, a.late, a.metadata,
            a.task_start, a.task_end, l.updates
            """;
    /** How many there are. */
    static final int COLUMN_COUNT = 16;

    private static final String SELECT = "SELECT " + COLUMNS + """
            FROM agents a LEFT JOIN units u ON u.id = a.unit_id LEFT JOIN assignments s ON s.id = u.assignment_id
            LEFT JOIN live_updates l ON l.agent_id = a.id
            """;
    private static final String OPEN_STATUSES = Stream.of(AgentStatus.values())
            .filter(status -> !status.isComplete())
            .map(status -> "'" + status.word() + "'")
            .collect(Collectors.joining(", ", "(", ")"));
    private static final String SELECT_OPEN =
            SELECT + "WHERE a.task_run_id = ? AND a.status IN " + OPEN_STATUSES + " ORDER BY a.id";
    private static final String SELECT_FORMER_PARTNERS =
            SELECT + "WHERE a.task_run_id = ? AND a.status NOT IN " + OPEN_STATUSES + """
             AND u.agent_id = a.id AND u.assignment_id IN (
                SELECT v.assignment_id FROM agents b JOIN units v ON v.id = b.unit_id
                WHERE b.task_run_id = ? AND b.status = 'in task')
            ORDER BY a.id""";
    private static final TypeReference<List<SubmittedFile>> FILES = new TypeReference<>() {};

    @Override
    public long create(NewAgent agent) {
        long id = session.insertNumbered(
                "agents",
                """
                INSERT INTO agents
                    (id, secret, unit_id, worker_id, previous_agent_id, task_run_id, registration_id, status, init_data, task_start)
                VALUES (?, ?, ?, ?, (SELECT last_agent_id FROM workers WHERE id = ?), ?, ?, ?, ?, ?)""",
                null,
                TextLimit.WORD.check("agent's secret", agent.secret()),
                agent.unitId(),
                agent.workerId(),
                agent.workerId(),
                agent.taskRunId(),
                TextLimit.KEY.check("agent's registration id", agent.registrationId()),
                agent.status().word(),
                agent.initData().map(JsonValue::text).orElse(null),
                agent.taskStart().toEpochMilli());
        session.update("UPDATE workers SET last_agent_id = ? WHERE id = ?", id, agent.workerId());
        return id;
    }

    @Override
    public Optional<AgentRow> find(long id) {
        return session.find(SELECT + "WHERE a.id = ?", row -> agent(row, 1), id);
    }

    @Override
    public List<AgentRow> listOpen(long taskRunId) {
        return session.list(SELECT_OPEN, row -> agent(row, 1), taskRunId);
    }

    @Override
    public List<AgentRow> listFormerPartners(long taskRunId) {
        return session.list(SELECT_FORMER_PARTNERS, row -> agent(row, 1), taskRunId, taskRunId);
    }

    @Override
    public boolean changeStatus(long id, AgentStatus from, AgentStatus to) {
        return session.update("UPDATE agents SET status = ? WHERE id = ? AND status = ?", to.word(), id, from.word())
                > 0;
    }

    @Override
    public boolean finish(long id, AgentStatus from, AgentStatus to, Instant taskEnd) {
        return session.update(
                        "UPDATE agents SET status = ?, task_end = ? WHERE id = ? AND status = ?",
                        to.word(),
                        taskEnd.toEpochMilli(),
                        id,
                        from.word())
                > 0;
    }

    @Override
    public boolean submit(long id, Submission submission, AgentStatus status) {
        long at = submission.receivedAt().toEpochMilli();
        return session.update(
                        """
                        UPDATE agents
                        SET final_submission = ?, files = ?, submitted_at = ?, late = ?, status = ?, task_end = ?
                        WHERE id = ? AND final_submission IS NULL""",
                        submission.data().text(),
                        submission.files().isEmpty() ? null : Json.write(submission.files()),
                        at,
                        submission.late() ? 1 : 0,
                        status.word(),
                        at,
                        id)
                > 0;
    }

    @Override
    public void saveUpdates(long id, List<LiveUpdate> updates) {
        String text = LiveUpdateColumn.write(updates);
        if (session.update("UPDATE live_updates SET updates = ? WHERE agent_id = ?", text, id) == 0) {
            session.update("INSERT INTO live_updates (agent_id, updates) VALUES (?, ?)", id, text);
        }
    }

    @Override
    public void setMetadata(long id, JsonValue metadata) {
        session.update("UPDATE agents SET metadata = ? WHERE id = ?", metadata.text(), id);
    }

    /** The columns of {@link #COLUMNS} from this one on. */
    static AgentRow agent(ResultSet row, int first) throws SQLException {
        return new AgentRow(
                row.getLong(first),
                row.getString(first + 1),
                row.getLong(first + 2),
                row.getLong(first + 3),
                row.getLong(first + 4),
                row.getString(first + 5),
                AgentStatus.ofWord(row.getString(first + 6)),
                json(row.getString(first + 7)),
                LiveUpdateColumn.read(row.getString(first + 15)),
                submission(row, first + 8),
                json(row.getString(first + 12)),
                Instant.ofEpochMilli(row.getLong(first + 13)),
                row.getObject(first + 14) == null
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(row.getLong(first + 14))));
    }

    private static JsonValue json(@Nullable String text) {
        return text == null ? JsonValue.emptyObject() : JsonValue.ofText(text);
    }

    private static Optional<Submission> submission(ResultSet row, int first) throws SQLException {
        String data = row.getString(first);
        if (data == null) {
            return Optional.empty();
        }
        return Optional.of(new Submission(
                JsonValue.ofText(data),
                files(row.getString(first + 1)),
                Instant.ofEpochMilli(row.getLong(first + 2)),
                row.getInt(first + 3) != 0));
    }

    private static List<SubmittedFile> files(@Nullable String json) {
        if (json == null) {
            return List.of();
        }
        try {
            return Json.MAPPER.readValue(json, FILES);
        } catch (JsonProcessingException e) {
            throw new MephistoException(ErrorCode.INTERNAL, "An agent's stored list of files is not what we write.", e);
        }
    }
}
