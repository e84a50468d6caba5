package org.mephisto.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;
import org.mephisto.spi.model.Worker;
import org.mephisto.store.UnitWork;

/**
 * Walks over the units of some runs in the order of their ids, a page of rows at a time from each run. Pages instead of an open result,
 * so that the consumer may use the transaction meanwhile, which MySQL does not let it do while rows are streaming.
 */
final class UnitWorkCursor {
    /** Rows held at once, over all runs; a row may carry some kilobytes of JSON. */
    private static final int ROWS_HELD = 1000;

    private static final int SMALLEST_PAGE = 10;
    private static final int AGENT = 9;
    private static final int WORKER_NAME = AGENT + SqlAgentStore.COLUMN_COUNT;
    private static final int REVIEW = WORKER_NAME + 2;
    private static final String SELECT = """
            SELECT u.id, u.assignment_id, u.task_run_id, u.unit_index, u.status,
                   t.name, r.blueprint_type, u.flags,
                   %s,
                   w.name, w.provider_type,
                   v.unit_id, v.worker_id, v.status, v.note, v.bonus, v.reviewer, v.created_at
            FROM units u
            JOIN task_runs r ON r.id = u.task_run_id
            JOIN tasks t ON t.id = r.task_id
            LEFT JOIN assignments s ON s.id = u.assignment_id
            LEFT JOIN agents a ON a.id = u.agent_id
            LEFT JOIN live_updates l ON l.agent_id = a.id
            LEFT JOIN workers w ON w.id = a.worker_id
            LEFT JOIN unit_reviews v ON v.id = (SELECT MAX(x.id) FROM unit_reviews x WHERE x.unit_id = u.id)
            WHERE u.task_run_id = ? AND u.id > ?
            ORDER BY u.id LIMIT ?""".formatted(SqlAgentStore.COLUMNS);

    private final Session session;
    private final int pageSize;
    private final PriorityQueue<Run> runs = new PriorityQueue<>(Comparator.comparingLong(Run::nextId));

    UnitWorkCursor(Session session, List<Long> taskRunIds) {
        this.session = session;
        List<Long> distinct = taskRunIds.stream().distinct().toList();
        this.pageSize = Math.max(SMALLEST_PAGE, ROWS_HELD / Math.max(1, distinct.size()));
        for (long id : distinct) {
            Run run = new Run(id);
            if (run.hasNext()) {
                runs.add(run);
            }
        }
    }

    void forEach(Consumer<UnitWork> consumer) {
        for (Run run = runs.poll(); run != null; run = runs.poll()) {
            consumer.accept(run.take());
            if (run.hasNext()) {
                runs.add(run);
            }
        }
    }

    private static UnitWork work(ResultSet row) throws SQLException {
        row.getLong(AGENT);
        boolean isBegun = !row.wasNull();
        row.getLong(REVIEW);
        boolean isReviewed = !row.wasNull();
        return new UnitWork(
                row.getString(6),
                row.getString(7),
                SqlUnitStore.unit(row, 1),
                SqlUnitStore.flags(row.getString(8)),
                isBegun ? Optional.of(begun(row)) : Optional.empty(),
                isReviewed ? Optional.of(SqlReviewStore.review(row, REVIEW)) : Optional.empty());
    }

    private static UnitWork.Work begun(ResultSet row) throws SQLException {
        var agent = SqlAgentStore.agent(row, AGENT);
        Worker worker = new Worker(agent.workerId(), row.getString(WORKER_NAME), row.getString(WORKER_NAME + 1));
        return new UnitWork.Work(worker, agent);
    }

    /** One run's page and where it goes on. */
    private final class Run {
        private final long taskRunId;
        private final Queue<UnitWork> page = new ArrayDeque<>();
        private long last;
        private boolean ended;

        Run(long taskRunId) {
            this.taskRunId = taskRunId;
        }

        boolean hasNext() {
            if (page.isEmpty() && !ended) {
                page.addAll(session.list(SELECT, UnitWorkCursor::work, taskRunId, last, pageSize));
                ended = page.size() < pageSize;
            }
            return !page.isEmpty();
        }

        long nextId() {
            return page.element().unit().id();
        }

        UnitWork take() {
            UnitWork next = page.remove();
            last = next.unit().id();
            return next;
        }
    }
}
