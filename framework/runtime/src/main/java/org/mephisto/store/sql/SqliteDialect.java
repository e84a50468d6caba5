package org.mephisto.store.sql;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/**
 * A file with a write-ahead log. A commit is fsynced by SQLite ({@code synchronous=FULL}), or by whoever took {@link #commitLog}
 * ({@code NORMAL}: SQLite then fsyncs only what keeps the file sound). Readers see the last commit and never wait for the writer.
 */
record SqliteDialect(Path file, int poolSize) implements Dialect {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteDialect.class);
    private static final int BUSY_MILLIS = 10_000;
    private static final int WRITER_CACHE_KIB = 32 * 1024;

    @Override
    public Connection connect() throws SQLException {
        prepareFolder();
        SQLiteConfig config = config();
        config.setCacheSize(-WRITER_CACHE_KIB);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try {
            useWriteAheadLog(connection);
            leaveTransactionsToUs(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void prepareFolder() {
        Path folder = file.toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new MephistoException(
                    ErrorCode.STORE_UNUSABLE,
                    "The data folder \"" + folder
                            + "\" cannot be created. Name another with mephisto.datapath, or make its parent a folder that you may write to.",
                    e);
        }
        if (folder != null && !Files.isWritable(folder)) {
            throw readOnly(null);
        }
    }

    /** Two processes that open a new file at the same moment meet here, and SQLite then answers busy at once instead of waiting. */
    private static void useWriteAheadLog(Connection connection) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BUSY_MILLIS);
        while (true) {
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                // The checkpoint is Checkpointer's, beside the writer.
                statement.execute("PRAGMA wal_autocheckpoint = 0");
                return;
            } catch (SQLException e) {
                if (primaryCode(e) != SQLiteErrorCode.SQLITE_BUSY.code || System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
    }

    /**
     * We begin and end transactions by statements, of which the driver does not know; where it thinks that none is begun, it tries to begin one
     * after each statement.
     */
    private static void leaveTransactionsToUs(Connection connection) throws SQLException {
        connection.unwrap(SQLiteConnection.class).getConnectionConfig().setAutoCommit(false);
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setGetGeneratedKeys(false);
        return config;
    }

    @Override
    public HikariConfig readers() {
        SQLiteDataSource source = new SQLiteDataSource(config());
        source.setUrl("jdbc:sqlite:" + file);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setConnectionInitSql("PRAGMA query_only = 1");
        config.setMaximumPoolSize(poolSize);
        config.setMaxLifetime(0);
        return config;
    }

    @Override
    public void begin(Session session) {
        session.execute("BEGIN IMMEDIATE");
    }

    @Override
    public void beginRead(Session session) {
        session.execute("BEGIN");
    }

    @Override
    public void commit(Session session) {
        session.execute("COMMIT");
    }

    @Override
    public Optional<CommitLog> commitLog(Session session) {
        // What a process left in the log that was killed, or could not fsync, goes into the database first, fsynced.
        try {
            session.executeOnce("PRAGMA wal_checkpoint(PASSIVE)");
            CommitLog log = WalFile.open(file);
            session.executeOnce("PRAGMA synchronous = NORMAL");
            return Optional.of(log);
        } catch (IOException | SQLException e) {
            LOG.debug("The log of {} cannot be fsynced beside SQLite, which does so itself.", file, e);
            return Optional.empty();
        }
    }

    @Override
    public void rollback(Session session) {
        session.execute("ROLLBACK");
    }

    @Override
    public OptionalLong commitsOfOthers(Session session) {
        return OptionalLong.of(
                session.find("PRAGMA data_version", row -> row.getLong(1)).orElseThrow());
    }

    @Override
    public boolean writesAlone() {
        return true;
    }

    @Override
    public long lastId(Session session, PreparedStatement insert) {
        return session.find("SELECT last_insert_rowid()", row -> row.getLong(1)).orElseThrow();
    }

    @Override
    public long firstId(long lastId, int rows) {
        return lastId - rows + 1;
    }

    @Override
    public long idStep() {
        return 1;
    }

    @Override
    public int rowsPerInsert() {
        return 64;
    }

    @Override
    public String insertIfAbsent(String insert) {
        return insert + " ON CONFLICT DO NOTHING";
    }

    @Override
    public String forUpdate() {
        return "";
    }

    @Override
    public Map<String, String> placeholders(Session session) {
        return Map.of(
                "id",
                "INTEGER PRIMARY KEY",
                "word",
                "TEXT",
                "name",
                "TEXT",
                "key",
                "TEXT",
                "text",
                "TEXT",
                "table",
                "");
    }

    @Override
    public void lockMigrations(Session session) {
        begin(session);
    }

    @Override
    public void unlockMigrations(Session session, boolean keep) {
        if (keep) {
            commit(session);
        } else {
            rollback(session);
        }
    }

    @Override
    public boolean isAlreadyDone(SQLException e) {
        return false;
    }

    @Override
    public boolean isMissingTable(SQLException e) {
        return primaryCode(e) == SQLiteErrorCode.SQLITE_ERROR.code
                && String.valueOf(e.getMessage()).contains("no such table");
    }

    @Override
    public boolean isConnectionLost(SQLException e) {
        return false;
    }

    @Override
    public MephistoException unusable(SQLException e) {
        return switch (primaryCode(e)) {
            case 26 -> // SQLITE_NOTADB
                new MephistoException(
                        ErrorCode.STORE_UNUSABLE,
                        "The file \"" + file
                                + "\" is not a Mephisto database. Move it away to begin with an empty one, or name another data folder with mephisto.datapath.",
                        e);
            case 11 -> // SQLITE_CORRUPT
                new MephistoException(
                        ErrorCode.STORE_UNUSABLE,
                        "The database \"" + file
                                + "\" is damaged. Put back a backup, or keep what \"sqlite3 FILE .recover\" still reads of it.",
                        e);
            case 8, 14, 23, 3 -> readOnly(e); // SQLITE_READONLY, CANTOPEN, AUTH, PERM
            case 5, 6 -> // SQLITE_BUSY, LOCKED
                new MephistoException(
                        ErrorCode.STORE_UNUSABLE,
                        "The database \"" + file
                                + "\" was locked by another process for " + BUSY_MILLIS / 1000
                                + " seconds. Wait until that one is done, or end it.",
                        e);
            default ->
                new MephistoException(
                        ErrorCode.STORE_UNUSABLE,
                        "The database \"" + file + "\" cannot be opened: " + describe(e)
                                + " Name another data folder with mephisto.datapath to begin with an empty one.",
                        e);
        };
    }

    private MephistoException readOnly(@Nullable SQLException e) {
        return new MephistoException(
                ErrorCode.STORE_UNUSABLE,
                "The database \"" + file
                        + "\" cannot be written. Make it an ordinary file, and it and its folder writable for this user, or name another data folder with mephisto.datapath.",
                e);
    }

    @Override
    public String describe(SQLException e) {
        return switch (primaryCode(e)) {
            case 13 -> "The disk is full: make room where \"" + file + "\" stands.";
            case 5 -> "The database \"" + file + "\" was locked by another process for too long; try again.";
            case 10 -> "The disk failed while \"" + file + "\" was read or written; look into the system's log.";
            default ->
                "The database \"" + file + "\" failed a statement (SQLite error " + e.getErrorCode()
                        + "); the cause has the details.";
        };
    }

    @Override
    public String name() {
        return file.toString();
    }

    private static int primaryCode(SQLException e) {
        return e.getErrorCode() & 0xff;
    }
}
