package org.mephisto.task;

import com.microsoft.playwright.Dialog;
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
import org.junit.jupiter.api.io.TempDir;

/** A static HTML task in a real browser, for the tests of its page. */
@SuppressWarnings("NullAway.Init")
abstract class HtmlTaskFixture {
    private static final String FORM = """
            <h1>Name ${thing}</h1>
            <p id="ids">${mephisto_agent_id} ${provider_worker_id} ${unknown}</p>
            <label>Answer <input name="answer" required></label>
            <label>First <input type="checkbox" name="tag" value="first"></label>
            <label>Second <input type="checkbox" name="tag" value="second"></label>
            <label>Proof <input type="file" name="file1"></label>
            """;

    private static TestBrowser browser;

    @TempDir
    private Path folder;

    PageServer server;
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
        write("index.html", """
                <!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Test</title>
                <body><div id="app"></div><script src="wrap_crowd_source.js"></script><script src="bundle.js"></script></body></html>
                """);
        try (InputStream script = Objects.requireNonNull(
                HtmlTaskFixture.class.getResourceAsStream("/mephisto-task/html-task.js"),
                "html-task.js is not built")) {
            Files.copy(script, folder.resolve("bundle.js"));
        }
        write("task.html", FORM);
        server = PageServer.serving(folder);
        server.give("agent-1", "{\"thing\": \"a <b>bold</b> thing\", \"html\": \"task.html\"}");
        page = browser.newVisitor();
        page.onDialog(Dialog::accept);
    }

    @AfterEach
    void stopServer() {
        browser.endVisits();
        server.close();
    }

    final void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    final Locator submit() {
        return page.locator("#html-task-submit-button");
    }

    final Locator banner() {
        return page.locator("#mephisto-task-status .strip");
    }

    final void answer(String text) {
        page.getByLabel("Answer").fill(text);
    }

    final void waitUntilHandedOver() {
        page.waitForFunction("window.handedOver !== undefined");
    }
}
