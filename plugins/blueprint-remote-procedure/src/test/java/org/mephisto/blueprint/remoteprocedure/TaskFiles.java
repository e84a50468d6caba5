package org.mephisto.blueprint.remoteprocedure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mephisto.testkit.TestRun;

/** A task folder with a bundle and two pieces of work. */
final class TaskFiles {
    private TaskFiles() {}

    static void write(Path folder) {
        try {
            Files.writeString(folder.resolve("bundle.js"), "document.title = 'bundle';");
            Files.writeString(folder.resolve("data.json"), "[{\"text\": \"first\"}, {\"text\": \"second\"}]");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run of the folder's task, still without functions. */
    static TestRun.Builder run(Path folder) {
        write(folder);
        return TestRun.of(new RemoteProcedureBlueprintFactory())
                .taskDirectory(folder)
                .blueprintOption("task_source", "bundle.js")
                .blueprintOption("data_json", "data.json");
    }
}
