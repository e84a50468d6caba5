package org.mephisto.store.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.store.Store.Work;

/** Work that only reads, on the caller's thread and a connection of a pool, which is made when it is first needed. Thread-safe. */
final class Readers implements AutoCloseable {
    private static final long WAIT_MILLIS = 30_000;

    private final Dialect dialect;
    private final GrantChanges grants;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable HikariDataSource pool;
    private volatile boolean closed;

    Readers(Dialect dialect, GrantChanges grants) {
        this.dialect = dialect;
        this.grants = grants;
    }

    <T> T run(Work<T> work) {
        HikariDataSource source = pool();
        try (Connection connection = source.getConnection()) {
            Session session = new Session(connection, dialect);
            session.ownedBy(Thread.currentThread());
            try {
                long stamp = grants.stamp();
                dialect.beginRead(session);
                return work.run(new SqlTransaction(session, grants.viewOfReader(stamp)));
            } finally {
                end(source, connection, session);
                session.ownedBy(null);
            }
        } catch (SQLTransientConnectionException e) {
            throw new MephistoException(
                    ErrorCode.UNAVAILABLE,
                    "No connection of the \"" + source.getMaximumPoolSize() + "\" for reading from " + dialect.name()
                            + " became free. Try again, or raise mephisto.database.pool_size.",
                    e);
        } catch (SQLException e) {
            throw new MephistoException(ErrorCode.STORE_FAILED, dialect.describe(e), e);
        }
    }

    private void end(HikariDataSource source, Connection connection, Session session) {
        try {
            dialect.rollback(session);
        } catch (RuntimeException e) {
            source.evictConnection(connection);
        }
    }

    private HikariDataSource pool() {
        if (closed) {
            throw WorkQueue.closedFailure();
        }
        HikariDataSource known = pool;
        if (known != null) {
            return known;
        }
        opening.lock();
        try {
            if (closed) {
                throw WorkQueue.closedFailure();
            }
            if (pool == null) {
                HikariConfig config = dialect.readers();
                config.setPoolName("store-readers");
                config.setMinimumIdle(0);
                config.setConnectionTimeout(WAIT_MILLIS);
                config.setInitializationFailTimeout(-1);
                pool = new HikariDataSource(config);
            }
            return Objects.requireNonNull(pool);
        } finally {
            opening.unlock();
        }
    }

    @Override
    public void close() {
        opening.lock();
        try {
            closed = true;
            if (pool != null) {
                pool.close();
            }
        } finally {
            opening.unlock();
        }
    }
}
