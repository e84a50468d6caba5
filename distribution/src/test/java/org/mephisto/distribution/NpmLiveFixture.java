package org.mephisto.distribution;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Live pages on the original's npm packages, and functions for them to call. */
@SuppressWarnings("NullAway.Init")
abstract class NpmLiveFixture extends BrowserFixture {
    TestFunctions functions;

    @BeforeEach
    final void startFunctions() throws Exception {
        functions = TestFunctions.start();
    }

    @AfterEach
    final void closeFunctions() {
        functions.close();
    }

    /** A task's folder with the bundle of a page. */
    final Path bundled(String page) throws Exception {
        Path task = Files.createDirectories(home.resolve("task"));
        NpmPage.bundle(page, task.resolve("bundle.js"));
        return task;
    }

    /** One unit of a page that calls functions, which are given as lines of YAML. */
    final Path remoteTask(String taskName, String functionLines) throws Exception {
        Path task = bundled("remote-page");
        Files.writeString(task.resolve("data.json"), "[{\"text\": \"a parcel\"}]");
        return TaskFolder.live(task, taskName, "remote_procedure", """
                task_source: ${task_dir}/bundle.js
                data_json: ${task_dir}/data.json
                functions:
                %s""".formatted(functionLines.indent(2)));
    }
}
