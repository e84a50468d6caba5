package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.json.Json;

/**
 * The limit of {@code launch}: reads assignments and units from a database that a launch has filled, and writes the same rows into an
 * empty one with the same tables and indexes, many rows to a statement and many statements to a transaction. Only the writing and
 * committing is timed. Runs as a child process with the command {@code copy} ({@code from}, {@code to}: SQLite files; answers {@code rows}
 * and {@code seconds}).
 */
public final class BareInserts {
    private static final List<String> TABLES = List.of("assignments", "units");
    private static final int ROWS_PER_STATEMENT = 64;
    private static final int ROWS_PER_TRANSACTION = 10_000 / ROWS_PER_STATEMENT * ROWS_PER_STATEMENT;
    private static final double NANOS_PER_SECOND = 1e9;

    private long nanos;
    private long rows;

    private BareInserts() {}

    public static void main(String[] args) throws IOException {
        CommandLoop.overStandardStreams().serve(Map.of("copy", BareInserts::copy));
    }

    private static ObjectNode copy(JsonNode command) throws SQLException {
        BareInserts inserts = new BareInserts();
        try (Connection from = open(command.path("from").asText());
                Connection to = open(command.path("to").asText())) {
            createTables(from, to);
            to.setAutoCommit(false);
            for (String table : TABLES) {
                inserts.copyTable(table, from, to);
            }
        }
        return Json.object().put("rows", inserts.rows).put("seconds", inserts.nanos / NANOS_PER_SECOND);
    }

    /** As durable as the store: write-ahead log, fsynced with every commit. */
    private static Connection open(String file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
        }
        return connection;
    }

    private static void createTables(Connection from, Connection to) throws SQLException {
        String ddl = """
                SELECT sql FROM sqlite_master
                WHERE tbl_name IN ('assignments', 'units') AND type IN ('table', 'index') AND sql IS NOT NULL
                ORDER BY type DESC""";
        try (Statement read = from.createStatement();
                ResultSet all = read.executeQuery(ddl);
                Statement write = to.createStatement()) {
            while (all.next()) {
                write.execute(all.getString(1));
            }
        }
    }

    private void copyTable(String table, Connection from, Connection to) throws SQLException {
        try (Statement read = from.createStatement();
                ResultSet all = read.executeQuery("SELECT * FROM " + table + " ORDER BY id")) {
            int columns = all.getMetaData().getColumnCount();
            List<@Nullable Object[]> some = new ArrayList<>(ROWS_PER_TRANSACTION);
            while (all.next()) {
                @Nullable Object[] row = new @Nullable Object[columns];
                for (int i = 0; i < columns; i++) {
                    row[i] = all.getObject(i + 1);
                }
                some.add(row);
                if (some.size() == ROWS_PER_TRANSACTION) {
                    insert(table, columns, some, to);
                    some.clear();
                }
            }
            insert(table, columns, some, to);
        }
    }

    private void insert(String table, int columns, List<@Nullable Object[]> some, Connection to) throws SQLException {
        long start = System.nanoTime();
        int whole = some.size() / ROWS_PER_STATEMENT * ROWS_PER_STATEMENT;
        insert(table, columns, ROWS_PER_STATEMENT, some.subList(0, whole), to);
        insert(table, columns, 1, some.subList(whole, some.size()), to);
        to.commit();
        nanos += System.nanoTime() - start;
        rows += some.size();
    }

    private static void insert(
            String table, int columns, int perStatement, List<@Nullable Object[]> some, Connection to)
            throws SQLException {
        if (some.isEmpty()) {
            return;
        }
        String row = "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
        String sql = "INSERT INTO " + table + " VALUES " + String.join(", ", Collections.nCopies(perStatement, row));
        try (PreparedStatement statement = to.prepareStatement(sql)) {
            for (int first = 0; first < some.size(); first += perStatement) {
                int parameter = 1;
                for (@Nullable Object[] values : some.subList(first, first + perStatement)) {
                    for (Object value : values) {
                        statement.setObject(parameter++, value);
                    }
                }
                statement.executeUpdate();
            }
        }
    }
}
