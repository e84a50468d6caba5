package org.mephisto.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.json.Json;
import org.mephisto.task.TestBrowser;

/** The assembled distribution with a home of its own, and a browser. */
@Timeout(240)
@SuppressWarnings("NullAway.Init")
abstract class BrowserFixture {
    @TempDir
    Path home;

    TestBrowser browser;
    MephistoProcess.Builder mephisto;

    @BeforeEach
    final void start() throws Exception {
        mephisto = MephistoProcess.of(Distribution.assembled(), home);
        browser = TestBrowser.start();
    }

    @AfterEach
    final void stop() {
        browser.close();
    }

    /** What {@code mephisto export} gives. */
    final List<JsonNode> rows(String taskName) throws InterruptedException {
        return mephisto.result("export", taskName).lines().map(Json::parse).toList();
    }
}
