package org.mephisto.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mephisto.boot.Mephisto;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;
import org.mephisto.store.DatabaseConfig;
import org.mephisto.store.Store;
import picocli.CommandLine.Parameters;

/** The last words of a command that works on a database without a task: which one, where it is not in the usual place. */
final class DatabaseSettings {
    private static final String DATAPATH = "mephisto.datapath=";
    private static final String DATABASE = "mephisto.database.";

    @Parameters(
            index = "+", // after whatever else the command takes
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            description = "Where the data are, when not in the usual place: mephisto.datapath, mephisto.database.*")
    private List<String> settings = List.of();

    Store open(Mephisto mephisto) {
        return open(mephisto, settings);
    }

    /** @param settings {@code mephisto.datapath=...} and {@code mephisto.database.KEY=...} */
    static Store open(Mephisto mephisto, List<String> settings) {
        ObjectNode database = Json.object();
        Optional<Path> datapath = Optional.empty();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (setting.startsWith(DATAPATH)) {
                datapath = Optional.of(Path.of(setting.substring(DATAPATH.length())));
            } else if (setting.startsWith(DATABASE) && equals > 0) {
                database.put(setting.substring(DATABASE.length(), equals), setting.substring(equals + 1));
            } else {
                throw new MephistoException(
                        ErrorCode.INVALID_INPUT,
                        "\"" + setting
                                + "\" cannot be used here; only mephisto.datapath=... and mephisto.database.KEY=... can.");
            }
        }
        return mephisto.store(bind(database), datapath);
    }

    /** The SQLite file in the data folder. */
    static DatabaseConfig standard() {
        return bind(Json.object());
    }

    private static DatabaseConfig bind(ObjectNode database) {
        return new ConfigBinder(Path.of("")).bind(DatabaseConfig.class, "mephisto.database", database);
    }
}
