package org.mephisto.store.sql;

import java.nio.file.Path;
import java.sql.SQLException;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.store.DataDirectories;
import org.mephisto.store.DatabaseConfig;
import org.mephisto.store.Store;

/** Opens stores. */
public final class SqlStores {
    private SqlStores() {}

    /**
     * Opens the database that the configuration names, makes it where it is a file that is not there yet, and brings it to this
     * program's version. Blocks; any thread.
     *
     * @param dataDirectory where the file stands, for SQLite; made when missing
     * @throws MephistoException {@code STORE_UNUSABLE} when it cannot be opened, {@code INVALID_CONFIG} for an unknown type
     */
    public static Store open(DatabaseConfig config, Path dataDirectory) {
        Dialect dialect = dialect(config, dataDirectory);
        try {
            Session session = new Session(dialect.connect(), dialect);
            try {
                new Migrations(session).run();
            } catch (RuntimeException e) {
                session.close();
                throw e;
            }
            return new SqlStore(session);
        } catch (SQLException e) {
            throw dialect.unusable(e);
        }
    }

    private static Dialect dialect(DatabaseConfig config, Path dataDirectory) {
        return switch (config.databaseType()) {
            case "singleton", "local", "sqlite" ->
                new SqliteDialect(dataDirectory.resolve(DataDirectories.DATABASE), config.poolSize());
            case "mysql" -> new MysqlDialect(config);
            default ->
                throw new MephistoException(
                        ErrorCode.INVALID_CONFIG,
                        "mephisto.database._database_type \"" + config.databaseType()
                                + "\" is unknown. Use singleton, local or sqlite (a file in the data folder), or mysql.");
        };
    }
}
