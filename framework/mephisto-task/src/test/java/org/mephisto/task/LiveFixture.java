package org.mephisto.task;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A live page in a real browser, and a server whose live side the test speaks for. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
abstract class LiveFixture {
    private static final String PAGE = """
            <!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Test</title>
            <body><div id="app"></div><script src="wrap_crowd_source.js"></script><script src="bundle.js"></script>
            <script>
              if (window.mephistoTask) {
                const config = JSON.parse(localStorage.getItem("config") || "{}");
                window.live = mephistoTask.pageLiveTask(config);
                window.shown = [];
                window.statuses = [];
                window.connections = [];
                live.onLiveUpdate((update) => shown.push(update.text));
                if (!localStorage.getItem("deaf")) live.onStatusUpdate(({ status }) => statuses.push(status));
                live.onConnectionStatusChange((status) => connections.push(status));
                window.sent = [];
                window.send = (data) => { live.sendLiveUpdate(data).then((sent) => window.sent.push(sent), (e) => window.sent.push(e.code)); };
                window.remote = mephistoTask.createRemoteProcedures(live);
                live.start();
              }
            </script></body></html>
            """;
    private static TestBrowser browser;

    @TempDir
    private Path folder;

    PageServer pages;
    LiveServer server;
    Page page;

    @BeforeAll
    static void startBrowser() {
        browser = TestBrowser.start();
    }

    @AfterAll
    static void stopBrowser() {
        browser.close();
    }

    @BeforeEach
    void startServer() throws IOException {
        String script = script();
        Files.writeString(folder.resolve("index.html"), PAGE);
        try (InputStream in =
                Objects.requireNonNull(LiveFixture.class.getResourceAsStream(script), script + " is not built")) {
            Files.copy(in, folder.resolve("bundle.js"));
        }
        pages = PageServer.serving(folder);
        pages.give("agent-1", "{\"task_data\": {}}");
        server = LiveServer.inFrontOf(pages);
        page = browser.newVisitor();
    }

    @AfterEach
    void stopServer() throws IOException {
        browser.endVisits();
        server.close();
        pages.close();
    }

    /** The page's script, a resource. */
    String script() {
        return "/mephisto-task/mephisto-task.js";
    }

    void addToHead(String markup) throws IOException {
        Path file = folder.resolve("index.html");
        Files.writeString(file, Files.readString(file).replace("<title>", markup + "<title>"));
    }

    /** Opens the page; resolves to its socket, past the first packet. */
    LiveSocket open() throws InterruptedException {
        page.navigate(server.workerUrl());
        return nextSocket();
    }

    /** Opens the page with settings of its local storage. */
    LiveSocket open(String key, String value) throws InterruptedException {
        page.addInitScript("localStorage.setItem('" + key + "', '" + value + "')");
        return open();
    }

    /** The page's next socket, past the first packet. */
    LiveSocket nextSocket() throws InterruptedException {
        LiveSocket socket = server.nextSocket();
        socket.next();
        return socket;
    }

    void waitFor(String expression) {
        page.waitForFunction(expression);
    }

    Locator notice() {
        return page.locator("#mephisto-task-status .strip");
    }
}
