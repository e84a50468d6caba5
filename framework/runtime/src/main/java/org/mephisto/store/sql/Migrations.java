package org.mephisto.store.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a database to the version of this program. A database that is there already costs one query. Scripts are only ever added to the
 * list; where the engine allows it, all of them run in one transaction, elsewhere a script that was broken off is run again and what it
 * had done is passed over.
 */
final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    /** The scripts in {@code db/migration}; the first is version 1. */
    static final List<String> SCRIPTS = List.of("V001__core", "V002__live_updates", "V003__eligibility", "V004__audit");

    private final Session session;
    private final Dialect dialect;

    Migrations(Session session) {
        this.session = session;
        this.dialect = session.dialect();
    }

    /** @throws MephistoException {@code STORE_UNUSABLE} */
    void run() {
        session.ownedBy(Thread.currentThread());
        if (version() == SCRIPTS.size()) {
            return;
        }
        dialect.lockMigrations(session);
        boolean done = false;
        try {
            // Once more, now that nobody else can: another process may have been faster.
            for (int version = version() + 1; version <= SCRIPTS.size(); version++) {
                apply(version);
            }
            done = true;
        } finally {
            dialect.unlockMigrations(session, done);
        }
    }

    /** The version of the database, 0 for an empty one. */
    private int version() {
        int version;
        try {
            version = session.find("SELECT MAX(version) FROM migrations", row -> row.getInt(1))
                    .orElse(0);
        } catch (MephistoException e) {
            if (e.getCause() instanceof SQLException cause) {
                if (dialect.isMissingTable(cause)) {
                    session.ownedBy(Thread.currentThread());
                    return 0;
                }
                throw dialect.unusable(cause);
            }
            throw e;
        }
        if (version > SCRIPTS.size()) {
            throw new MephistoException(
                    ErrorCode.STORE_UNUSABLE,
                    "The database " + dialect.name() + " has version \"" + version
                            + "\", written by a newer Mephisto; this one knows versions up to \"" + SCRIPTS.size()
                            + "\". Use the newer Mephisto, or name another data folder or database.");
        }
        return version;
    }

    private void apply(int version) {
        String script = SCRIPTS.get(version - 1);
        LOG.debug("Applying migration {} to {}", script, dialect.name());
        for (String statement : statements(script, dialect.placeholders(session))) {
            try {
                session.executeOnce(statement);
            } catch (SQLException e) {
                if (!dialect.isAlreadyDone(e)) {
                    throw new MephistoException(
                            ErrorCode.STORE_UNUSABLE,
                            "The database " + dialect.name() + " could not be brought to version \"" + version
                                    + "\": a statement of \"" + script + "\" failed: " + dialect.describe(e)
                                    + " If it holds tables of another program, name a database of its own.",
                            e);
                }
            }
        }
        session.update(
                "INSERT INTO migrations (version, name, applied_at) VALUES (?, ?, ?)",
                version,
                script,
                System.currentTimeMillis());
    }

    private static List<String> statements(String script, Map<String, String> placeholders) {
        String text = read("/db/migration/" + script + ".sql").replaceAll("(?m)^--.*$", "");
        for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
            text = text.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
        }
        return text.transform(sql -> List.of(sql.split(";\n"))).stream()
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static String read(String resource) {
        try (InputStream in = Migrations.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new MephistoException(
                        ErrorCode.INTERNAL, "The migration \"" + resource + "\" is not in the jar.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new MephistoException(
                    ErrorCode.INTERNAL, "The migration \"" + resource + "\" cannot be read from the jar.", e);
        }
    }
}
