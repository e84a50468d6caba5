package org.mephisto.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mephisto.spi.model.UnitStatus;
import org.mephisto.store.Review;
import org.mephisto.store.ReviewStore;

record SqlReviewStore(Session session) implements ReviewStore {
    @Override
    public void add(Review review) {
        session.update(
                """
                INSERT INTO unit_reviews (unit_id, worker_id, status, note, bonus, reviewer, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
                review.unitId(),
                review.workerId(),
                review.status().word(),
                review.note().orElse(null),
                review.bonus().isPresent() ? review.bonus().getAsDouble() : null,
                TextLimit.NAME.check("reviewer's name", review.reviewer()),
                review.createdAt().toEpochMilli());
    }

    @Override
    public List<Review> listByUnit(long unitId) {
        return session.list("""
                SELECT unit_id, worker_id, status, note, bonus, reviewer, created_at
                FROM unit_reviews WHERE unit_id = ? ORDER BY id""", row -> review(row, 1), unitId);
    }

    /** The seven columns of {@link #listByUnit} from this one on. */
    static Review review(ResultSet row, int first) throws SQLException {
        double bonus = row.getDouble(first + 4);
        return new Review(
                row.getLong(first),
                row.getLong(first + 1),
                UnitStatus.ofWord(row.getString(first + 2)),
                Optional.ofNullable(row.getString(first + 3)),
                row.getObject(first + 4) == null ? OptionalDouble.empty() : OptionalDouble.of(bonus),
                row.getString(first + 5),
                Instant.ofEpochMilli(row.getLong(first + 6)));
    }
}
