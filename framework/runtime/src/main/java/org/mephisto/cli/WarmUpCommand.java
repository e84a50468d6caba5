package org.mephisto.cli;

import java.util.concurrent.Callable;
import org.mephisto.boot.Mephisto;
import picocli.CommandLine.Command;

/** What the start script runs once, to learn which classes a start needs. */
@Command(name = "warm-up", hidden = true, description = "Loads what a start needs.")
final class WarmUpCommand implements Callable<Integer> {
    private final Installation installation;

    WarmUpCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        try (Mephisto mephisto = installation.open()) {
            WarmUp.run(mephisto, installation.home().resolve("examples/simple-static-task"));
        }
        return 0;
    }
}
