package org.mephisto.cli;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mephisto.boot.Mephisto;
import org.mephisto.config.RunScriptConfig;
import org.mephisto.operator.RunningTaskRun;
import org.mephisto.store.FolderTree;

/** Launches an example in a throw-away data folder and asks for its page once: all that a start does. */
final class WarmUp {
    private WarmUp() {}

    /** @param example a task folder */
    static void run(Mephisto mephisto, Path example) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("mephisto-warm-up");
        try {
            RunScriptConfig config = mephisto.loadConfig(
                    example,
                    List.of("mephisto.datapath=" + data, "mephisto.architect.port=0", "mephisto.log_level=warn"));
            RunningTaskRun run = mephisto.operator(config).validateAndRunConfig(config);
            try (HttpClient http = HttpClient.newHttpClient()) {
                http.send(HttpRequest.newBuilder(run.url()).build(), BodyHandlers.discarding());
            }
            run.disconnect();
        } finally {
            mephisto.close();
            FolderTree.delete(data);
        }
    }
}
