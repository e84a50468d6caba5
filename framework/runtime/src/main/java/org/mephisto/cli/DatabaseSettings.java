package org.mephisto.cli;

import java.util.List;
import org.mephisto.boot.Mephisto;
import org.mephisto.store.Store;
import picocli.CommandLine.Parameters;

/** The last words of a command that works on a database without a task: which one, where it is not in the usual place. */
final class DatabaseSettings {
    @Parameters(
            index = "+", // after whatever else the command takes
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            description = "mephisto.datapath or mephisto.database.*")
    private List<String> settings = List.of();

    Store open(Mephisto mephisto) {
        return DatabaseConfigs.open(mephisto, settings);
    }
}
