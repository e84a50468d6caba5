package org.mephisto.store;

import java.util.Optional;

/** Configurations as they would come from {@code mephisto.database}. */
public final class Databases {
    private Databases() {}

    public static DatabaseConfig sqlite() {
        return of("singleton");
    }

    public static DatabaseConfig of(String type) {
        return new DatabaseConfig(
                type, Optional.empty(), "localhost", 3306, "mephisto", Optional.empty(), Optional.empty(), 4);
    }

    public static DatabaseConfig mysql(int port, String database, String user, String password) {
        return new DatabaseConfig(
                "mysql", Optional.empty(), "127.0.0.1", port, database, Optional.of(user), Optional.of(password), 4);
    }
}
