package org.mephisto.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/**
 * A connection with its prepared statements, which live as long as it. Confined to one thread at a time: the owner, who is told with
 * {@link #ownedBy}; use from any other is refused, for a transaction that got out of its work would write into somebody else's.
 */
final class Session implements AutoCloseable {
    private final Connection connection;
    private final Dialect dialect;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Map<String, Long> nextIds = new HashMap<>();
    private volatile @Nullable Thread owner;
    private @Nullable SQLException failure;

    Session(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Hands the session to a thread, or to nobody, and forgets earlier failures. */
    void ownedBy(@Nullable Thread thread) {
        owner = thread;
        failure = null;
        nextIds.clear();
    }

    /** The first failure of a statement since the session was handed over; after one, the transaction must not be committed. */
    Optional<SQLException> failure() {
        return Optional.ofNullable(failure);
    }

    /** @return the rows that were matched */
    int update(String sql, @Nullable Object... arguments) {
        try {
            return bind(sql, arguments).executeUpdate();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** @return the new row's number */
    long insert(String sql, @Nullable Object... arguments) {
        try {
            PreparedStatement insert = bind(sql, arguments);
            insert.executeUpdate();
            return dialect.lastId(this, insert);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * {@link #insert} into a table that gets all its rows through here, with the new row's number as the first argument: it is counted up where
     * nobody else can add a row before the transaction ends, which spares a statement a row.
     */
    long insertNumbered(String table, String sql, @Nullable Object... arguments) {
        if (!dialect.writesAlone()) {
            return insert(sql, arguments);
        }
        Long known = nextIds.get(table);
        long id = known == null ? lastId(table) + 1 : known;
        arguments[0] = id;
        update(sql, arguments);
        nextIds.put(table, id + 1);
        return id;
    }

    private long lastId(String table) {
        return find("SELECT COALESCE(MAX(id), 0) FROM " + table, row -> row.getLong(1))
                .orElse(0L);
    }

    <T> Optional<T> find(String sql, RowMapper<T> mapper, @Nullable Object... arguments) {
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            return rows.next() ? Optional.of(mapper.map(rows)) : Optional.empty();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    <T> List<T> list(String sql, RowMapper<T> mapper, @Nullable Object... arguments) {
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(mapper.map(rows));
            }
            return all;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Goes through the rows until there are no more or the visitor has enough. */
    void forEachWhile(String sql, RowVisitor visitor, @Nullable Object... arguments) {
        try (ResultSet rows = bind(sql, arguments).executeQuery()) {
            boolean more = rows.next();
            while (more) {
                more = visitor.wantsMore(rows) && rows.next();
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Takes one row. */
    @FunctionalInterface
    interface RowVisitor {
        boolean wantsMore(ResultSet row) throws SQLException;
    }

    /** Runs a statement as it stands, prepared once, that gives no rows: those would have to be read before the next commit. */
    void execute(String sql) {
        try {
            bind(sql).execute();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Runs a statement that comes once, such as DDL, and leaves the failure to the caller. */
    void executeOnce(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // Nothing depends on it: what was committed is committed, and the connection is given up.
        }
    }

    private PreparedStatement bind(String sql, @Nullable Object... arguments) throws SQLException {
        if (Thread.currentThread() != owner) {
            throw new MephistoException(
                    ErrorCode.INTERNAL,
                    "A transaction was used outside its work or on another thread. Use it only inside the work that it was given to.");
        }
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = sql.startsWith("INSERT")
                    ? connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)
                    : connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            bind(statement, i + 1, arguments[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int position, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(position, Types.NULL);
            case Long number -> statement.setLong(position, number);
            case Integer number -> statement.setInt(position, number);
            case Double number -> statement.setDouble(position, number);
            case String text -> statement.setString(position, text);
            default -> throw new IllegalArgumentException("No SQL type for " + value.getClass());
        }
    }

    private MephistoException failed(SQLException e) {
        if (failure == null) {
            failure = e;
        }
        return new MephistoException(ErrorCode.STORE_FAILED, dialect.describe(e), e);
    }

    /** Makes a value of the current row. */
    @FunctionalInterface
    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }
}
