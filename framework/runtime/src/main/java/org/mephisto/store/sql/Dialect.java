package org.mephisto.store.sql;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.mephisto.spi.error.MephistoException;

/** All that differs between the two engines. Thread-safe. */
sealed interface Dialect permits SqliteDialect, MysqlDialect {
    /** A new connection for the one thread that writes, set up for durable commits; transactions are begun through {@link #begin}. */
    Connection connect() throws SQLException;

    /** How the pool of reading connections is made. */
    HikariConfig readers();

    /** Statements that begin a transaction: one that writes, one that reads what is committed now. */
    void begin(Session session);

    void beginRead(Session session);

    void commit(Session session);

    void rollback(Session session);

    /**
     * Leaves it to the caller to bring the session's commits to the disk from now on, through the log returned. Empty where each commit does
     * that itself, and goes on doing it.
     */
    Optional<CommitLog> commitLog(Session session);

    /**
     * A number that changes with every commit that was not made through this session, in whatever process; the same session's earlier numbers
     * alone can be compared with it. Empty where the engine has none.
     */
    OptionalLong commitsOfOthers(Session session);

    /** Whether a transaction that writes keeps all others from writing. */
    boolean writesAlone();

    /** The number of the row that the insert made which this statement has just run. */
    long lastId(Session session, PreparedStatement insert) throws SQLException;

    /**
     * Turns the number that {@link #lastId} gave after a statement with several rows into that of the statement's first row. All of them
     * are consecutive.
     */
    long firstId(long lastId, int rows);

    /** How far apart consecutive generated numbers are. */
    long idStep();

    /** The most rows that one statement inserts with gain. */
    int rowsPerInsert();

    /** Turns a plain insert into one that does nothing where a unique key is taken. */
    String insertIfAbsent(String insert);

    /** What a select ends with when the rows are changed next. */
    String forUpdate();

    /** What the placeholders in migration scripts stand for. */
    Map<String, String> placeholders(Session session);

    /** Lets one process at a time migrate; the lock ends with {@link #unlockMigrations} or the connection. Begins a transaction where DDL takes part in one. */
    void lockMigrations(Session session);

    /** Ends what {@link #lockMigrations} began, keeping what was done or not. */
    void unlockMigrations(Session session, boolean keep);

    /** Whether a failed statement of a migration says that a run broken off before had done it already. */
    boolean isAlreadyDone(SQLException e);

    /** Whether the table that a statement names is missing. */
    boolean isMissingTable(SQLException e);

    /** Whether the connection is gone and a new one may serve. */
    boolean isConnectionLost(SQLException e);

    /** Why the database cannot be opened, and the way out. */
    MephistoException unusable(SQLException e);

    /** What to say of a failed statement; engines put row values in their own messages, so those stay in the cause. */
    String describe(SQLException e);

    /** The database as a person knows it: a file or an address, without secrets. */
    String name();
}
