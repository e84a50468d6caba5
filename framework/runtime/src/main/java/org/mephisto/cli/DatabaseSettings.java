package org.mephisto.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /** What to say to read what a run with these settings has written. Nothing that is or may hold a secret; there a word stands for it. */
    static List<String> of(Optional<Path> datapath, DatabaseConfig database) {
        List<String> words = new ArrayList<>();
        datapath.ifPresent(folder -> words.add(DATAPATH + folder));
        if (database.databaseType().equals("mysql")) {
            words.add(DATABASE + "_database_type=mysql");
            if (database.url().isPresent()) {
                words.add(DATABASE + "url=URL");
            } else {
                words.add(DATABASE + "host=" + database.host());
                words.add(DATABASE + "port=" + database.port());
                words.add(DATABASE + "database=" + database.database());
            }
            database.user().ifPresent(user -> words.add(DATABASE + "user=" + user));
            database.password().ifPresent(password -> words.add(DATABASE + "password=PASSWORD"));
        }
        return words;
    }

    /** The SQLite file in the data folder. */
    static DatabaseConfig standard() {
        return bind(Json.object());
    }

    private static DatabaseConfig bind(ObjectNode database) {
        return new ConfigBinder(Path.of("")).bind(DatabaseConfig.class, "mephisto.database", database);
    }
}
