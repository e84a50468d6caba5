package org.mephisto.store.sql;

import com.mysql.cj.jdbc.MysqlDataSource;
import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.store.DatabaseConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that speaks the MySQL protocol: MySQL from 8.0 on, MariaDB from 10.6 on. Tables are InnoDB. */
final class MysqlDialect implements Dialect {
    private static final Logger LOG = LoggerFactory.getLogger(MysqlDialect.class);
    private static final String MIGRATION_LOCK = "CONCAT('mephisto.', SHA1(DATABASE()))";

    private final DatabaseConfig config;
    private final String url;
    private volatile long idStep = 1;

    MysqlDialect(DatabaseConfig config) {
        this.config = config;
        this.url = config.url().orElse("jdbc:mysql://" + config.host() + ":" + config.port() + "/" + config.database());
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = source().getConnection();
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            readServerSettings(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void readServerSettings(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT @@auto_increment_increment, @@innodb_flush_log_at_trx_commit, DATABASE()")) {
            row.next();
            idStep = row.getLong(1);
            if (row.getInt(2) != 1) {
                LOG.warn(
                        "The database server at {} does not flush every commit: a power cut can lose acknowledged work. Set innodb_flush_log_at_trx_commit = 1 there.",
                        name());
            }
            if (row.getString(3) == null) {
                throw new MephistoException(
                        ErrorCode.STORE_UNUSABLE,
                        "The URL in mephisto.database.url names no database. Add it: jdbc:mysql://host:port/DATABASE.");
            }
        }
    }

    private MysqlDataSource source() throws SQLException {
        MysqlDataSource source = new MysqlDataSource();
        source.setUrl(url);
        config.user().ifPresent(source::setUser);
        config.password().ifPresent(source::setPassword);
        source.setConnectTimeout(10_000);
        source.setSocketTimeout(120_000);
        source.setTcpKeepAlive(true);
        source.setUseServerPrepStmts(true);
        source.setCachePrepStmts(true);
        source.setPrepStmtCacheSqlLimit(16_384);
        source.setPrepStmtCacheSize(200);
        source.setSessionVariables("sql_mode='STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'");
        return source;
    }

    @Override
    public HikariConfig readers() {
        HikariConfig readers = new HikariConfig();
        try {
            readers.setDataSource(source());
        } catch (SQLException e) {
            throw unusable(e);
        }
        readers.setMaximumPoolSize(config.poolSize());
        readers.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        return readers;
    }

    @Override
    public void begin(Session session) {
        // The first statement begins it, which saves a round trip.
    }

    @Override
    public void beginRead(Session session) {
        session.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
    }

    @Override
    public void commit(Session session) {
        session.execute("COMMIT");
    }

    @Override
    public Optional<CommitLog> commitLog(Session session) {
        return Optional.empty();
    }

    @Override
    public void rollback(Session session) {
        session.execute("ROLLBACK");
    }

    @Override
    public OptionalLong commitsOfOthers(Session session) {
        return OptionalLong.empty();
    }

    @Override
    public boolean writesAlone() {
        return false;
    }

    @Override
    public long lastId(Session session, PreparedStatement insert) throws SQLException {
        try (ResultSet keys = insert.getGeneratedKeys()) {
            keys.next();
            return keys.getLong(1);
        }
    }

    @Override
    public long firstId(long lastId, int rows) {
        return lastId; // The server gives the first of a statement's numbers.
    }

    @Override
    public long idStep() {
        return idStep;
    }

    @Override
    public int rowsPerInsert() {
        return 256;
    }

    @Override
    public String insertIfAbsent(String insert) {
        return insert.replaceFirst("INSERT", "INSERT IGNORE");
    }

    @Override
    public String forUpdate() {
        return " FOR UPDATE";
    }

    @Override
    public Map<String, String> placeholders(Session session) {
        Map<String, String> types = new HashMap<>();
        types.put("id", "BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY");
        types.put("word", "VARCHAR(" + TextLimit.WORD.characters() + ")");
        types.put("name", "VARCHAR(" + TextLimit.NAME.characters() + ")");
        types.put("key", "VARCHAR(" + TextLimit.KEY.characters() + ")");
        types.put("text", "LONGTEXT");
        types.put("table", " ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE " + exactCollation(session));
        return types;
    }

    /** The collation that tells apart whatever differs, spaces at the end too; it goes by another name on MySQL than on MariaDB. */
    private static String exactCollation(Session session) {
        return session.find("""
                        SELECT collation_name FROM information_schema.collations
                        WHERE collation_name IN ('utf8mb4_0900_bin', 'utf8mb4_nopad_bin')
                        ORDER BY collation_name DESC LIMIT 1""", row -> row.getString(1)).orElse("utf8mb4_bin");
    }

    @Override
    public void lockMigrations(Session session) {
        int locked = session.find("SELECT GET_LOCK(" + MIGRATION_LOCK + ", 120)", row -> row.getInt(1))
                .orElse(0);
        if (locked != 1) {
            throw new MephistoException(
                    ErrorCode.STORE_UNUSABLE,
                    "Another process has been migrating the database " + name()
                            + " for two minutes. Wait until it is done, then start again.");
        }
    }

    @Override
    public void unlockMigrations(Session session, boolean keep) {
        if (keep) {
            commit(session);
        } else {
            rollback(session);
        }
        session.find("SELECT RELEASE_LOCK(" + MIGRATION_LOCK + ")", row -> row.getInt(1));
    }

    /** DDL commits by itself here, so a script broken off has done its first statements. */
    @Override
    public boolean isAlreadyDone(SQLException e) {
        return switch (e.getErrorCode()) {
            case 1050, 1060, 1061 -> true; // table, column, key name exists
            default -> false;
        };
    }

    @Override
    public boolean isMissingTable(SQLException e) {
        return e.getErrorCode() == 1146;
    }

    @Override
    public boolean isConnectionLost(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLNonTransientConnectionException || (state != null && state.startsWith("08"));
    }

    @Override
    public MephistoException unusable(SQLException e) {
        String message = switch (e.getErrorCode()) {
            case 1045, 1698 ->
                "The database server at " + name() + " refused the user \""
                        + config.user().orElse("")
                        + "\" or the password. Correct mephisto.database.user and mephisto.database.password.";
            case 1044 ->
                "The user \"" + config.user().orElse("") + "\" may not use the database at " + name()
                        + ". Have it granted: GRANT ALL ON the database TO this user.";
            case 1049 ->
                "The server has no database as named in " + name()
                        + ". Create it (CREATE DATABASE), or correct mephisto.database.database.";
            case 1142 ->
                "The user \"" + config.user().orElse("") + "\" may not make tables in the database at " + name()
                        + ". Have it granted: GRANT ALL ON the database TO this user.";
            default ->
                isConnectionLost(e)
                        ? "The database server at " + name()
                                + " cannot be reached. Start it, or correct mephisto.database.host and mephisto.database.port (or mephisto.database.url)."
                        : "The database at " + name() + " cannot be opened: " + describe(e);
        };
        return new MephistoException(ErrorCode.STORE_UNUSABLE, message, e);
    }

    @Override
    public String describe(SQLException e) {
        if (isConnectionLost(e)) {
            return "The connection to the database at " + name() + " was lost; try again.";
        }
        return "The database at " + name() + " failed a statement (error " + e.getErrorCode() + ", state "
                + e.getSQLState() + "); the cause has the details.";
    }

    /** The address without what a URL may carry besides: user, password, properties. */
    @Override
    public String name() {
        return "\"" + url.replaceFirst("\\?.*$", "").replaceFirst("//[^/@]*@", "//") + "\"";
    }
}
