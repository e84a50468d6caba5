package org.mephisto.store.sql;

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
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.store.OnboardingRow;
import org.mephisto.store.OnboardingStore;

/** Live updates of onboarding agents stand beside those of agents, under the negative of their id. */
record SqlOnboardingStore(Session session) implements OnboardingStore {
    private static final String SELECT = """
            SELECT o.id, o.secret, o.worker_id, o.task_run_id, o.onboarding_type, o.registration_id, o.status, o.init_data,
                   l.updates, o.final_submission, o.submitted_at, o.task_start, o.task_end
            FROM onboarding_agents o LEFT JOIN live_updates l ON l.agent_id = -o.id
            """;
    private static final String SELECT_OPEN = SELECT
            + Stream.of(AgentStatus.values())
                    .filter(status -> !status.isComplete())
                    .map(status -> "'" + status.word() + "'")
                    .collect(Collectors.joining(", ", "WHERE o.task_run_id = ? AND o.status IN (", ") ORDER BY o.id"));

    @Override
    public long create(NewOnboarding onboarding) {
        return session.insert(
                """
                INSERT INTO onboarding_agents
                    (secret, worker_id, task_run_id, onboarding_type, registration_id, status, init_data, task_start)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                TextLimit.WORD.check("onboarding agent's secret", onboarding.secret()),
                onboarding.workerId(),
                onboarding.taskRunId(),
                TextLimit.NAME.check("qualification's name", onboarding.onboardingType()),
                TextLimit.KEY.check("onboarding agent's registration id", onboarding.registrationId()),
                AgentStatus.ONBOARDING.word(),
                onboarding.initData().text(),
                onboarding.taskStart().toEpochMilli());
    }

    @Override
    public Optional<OnboardingRow> find(long id) {
        return session.find(SELECT + "WHERE o.id = ?", SqlOnboardingStore::onboarding, id);
    }

    @Override
    public List<OnboardingRow> listByWorker(long workerId, long taskRunId) {
        return session.list(
                SELECT + "WHERE o.worker_id = ? AND o.task_run_id = ? ORDER BY o.id",
                SqlOnboardingStore::onboarding,
                workerId,
                taskRunId);
    }

    @Override
    public List<OnboardingRow> listOpen(long taskRunId) {
        return session.list(SELECT_OPEN, SqlOnboardingStore::onboarding, taskRunId);
    }

    @Override
    public boolean changeStatus(long id, AgentStatus from, AgentStatus to) {
        return session.update(
                        "UPDATE onboarding_agents SET status = ? WHERE id = ? AND status = ?",
                        to.word(),
                        id,
                        from.word())
                > 0;
    }

    @Override
    public boolean finish(long id, AgentStatus from, AgentStatus to, Instant taskEnd) {
        return session.update(
                        "UPDATE onboarding_agents SET status = ?, task_end = ? WHERE id = ? AND status = ?",
                        to.word(),
                        taskEnd.toEpochMilli(),
                        id,
                        from.word())
                > 0;
    }

    @Override
    public boolean submit(long id, Submission submission) {
        return session.update(
                        """
                        UPDATE onboarding_agents SET final_submission = ?, submitted_at = ?
                        WHERE id = ? AND final_submission IS NULL""", submission.data().text(), submission.receivedAt().toEpochMilli(), id)
                > 0;
    }

    @Override
    public void saveUpdates(long id, List<LiveUpdate> updates) {
        new SqlAgentStore(session).saveUpdates(-id, updates);
    }

    private static OnboardingRow onboarding(ResultSet row) throws SQLException {
        return new OnboardingRow(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                AgentStatus.ofWord(row.getString(7)),
                JsonValue.ofText(row.getString(8)),
                LiveUpdateColumn.read(row.getString(9)),
                submission(row.getString(10), row.getLong(11)),
                Instant.ofEpochMilli(row.getLong(12)),
                row.getObject(13) == null ? Optional.empty() : Optional.of(Instant.ofEpochMilli(row.getLong(13))));
    }

    private static Optional<Submission> submission(@Nullable String data, long at) {
        return Optional.ofNullable(data)
                .map(text -> new Submission(JsonValue.ofText(text), List.of(), Instant.ofEpochMilli(at), false));
    }
}
