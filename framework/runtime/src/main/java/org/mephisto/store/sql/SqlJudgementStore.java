package org.mephisto.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mephisto.spi.blueprint.Verdict;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.AgentStatus;
import org.mephisto.store.Judgement;
import org.mephisto.store.JudgementStore;

record SqlJudgementStore(Session session) implements JudgementStore {
    private static final String SELECT = """
            SELECT j.agent_id, j.worker_id, j.task_run_id, j.kind, j.item_key, j.expect, j.outcome FROM judgements j
            """;
    private static final String GONE = Stream.of(AgentStatus.values())
            .filter(AgentStatus::isGone)
            .map(status -> "'" + status.word() + "'")
            .collect(Collectors.joining(", ", "(", ")"));
    private static final String COUNT = """
            SELECT COUNT(*) FROM judgements j JOIN agents a ON a.id = j.agent_id
            WHERE j.task_run_id = ? AND j.kind = ? AND j.item_key IS NOT NULL""";

    @Override
    public void add(Judgement judgement, Instant createdAt) {
        session.update(
                """
                INSERT INTO judgements (agent_id, worker_id, task_run_id, kind, item_key, expect, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
                judgement.agentId(),
                judgement.workerId(),
                judgement.taskRunId(),
                word(judgement.kind()),
                judgement.itemKey().orElse(null),
                judgement.expect().map(JsonValue::text).orElse(null),
                createdAt.toEpochMilli());
    }

    @Override
    public boolean judge(long agentId, Verdict outcome, Instant judgedAt) {
        return session.update(
                        "UPDATE judgements SET outcome = ?, judged_at = ? WHERE agent_id = ? AND outcome IS NULL",
                        word(outcome),
                        judgedAt.toEpochMilli(),
                        agentId)
                > 0;
    }

    @Override
    public List<Judgement> listByWorker(long workerId) {
        return session.list(
                SELECT + "WHERE j.worker_id = ? ORDER BY j.agent_id", SqlJudgementStore::judgement, workerId);
    }

    @Override
    public List<Judgement> listOwed(long taskRunId) {
        return session.list(SELECT + """
                        JOIN agents a ON a.id = j.agent_id
                        WHERE j.task_run_id = ? AND j.outcome IS NULL AND a.final_submission IS NOT NULL AND a.late = 0
                        ORDER BY j.agent_id""", SqlJudgementStore::judgement, taskRunId);
    }

    @Override
    public long countKept(long taskRunId, Judgement.Kind kind) {
        return session.find(COUNT + " AND a.status NOT IN " + GONE, row -> row.getLong(1), taskRunId, word(kind))
                .orElse(0L);
    }

    @Override
    public long countMade(long taskRunId, Judgement.Kind kind) {
        return session.find(COUNT, row -> row.getLong(1), taskRunId, word(kind)).orElse(0L);
    }

    private static Judgement judgement(ResultSet row) throws SQLException {
        return new Judgement(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                Judgement.Kind.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString(5)),
                Optional.ofNullable(row.getString(6)).map(JsonValue::ofText),
                Optional.ofNullable(row.getString(7)).map(word -> Verdict.valueOf(word.toUpperCase(Locale.ROOT))));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
