package org.mephisto.store;

import java.util.Optional;
import org.mephisto.spi.config.Option;

/** The keys under {@code mephisto.database}. */
public record DatabaseConfig(
        @Option(
                key = "_database_type",
                help = "Where rows are kept: singleton, local or sqlite (a file in the data folder), or mysql.",
                defaultValue = "singleton")
        String databaseType,

        @Option(help = "For mysql: the JDBC URL, instead of host, port and database.")
        Optional<String> url,

        @Option(help = "For mysql: the server.", defaultValue = "localhost")
        String host,

        @Option(help = "For mysql: its port.", defaultValue = "3306", min = 1, max = 65_535)
        int port,

        @Option(help = "For mysql: the database on the server; it must exist.", defaultValue = "mephisto")
        String database,

        @Option(help = "For mysql: the user.") Optional<String> user,

        @Option(help = "For mysql: the user's password.", secret = true)
        Optional<String> password,

        @Option(help = "Connections that read at the same time.", defaultValue = "4", min = 1, max = 100)
        int poolSize) {}
