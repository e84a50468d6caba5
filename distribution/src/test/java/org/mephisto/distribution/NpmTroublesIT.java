package org.mephisto.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.json.Json;
import org.mephisto.task.TestBrowser;

/** What workers do to pages on the original's npm packages besides what they are asked to. */
@Timeout(180)
@SuppressWarnings("NullAway.Init")
final class NpmTroublesIT {
    /** The published client sends a heartbeat every six seconds and looks at nothing in between. */
    private static final double LONG = 30_000;

    private static TestBrowser browser;

    @TempDir
    private Path home;

    private TestFunctions functions;
    private MephistoProcess.Builder mephisto;
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);

    @BeforeAll
    static void startBrowser() {
        browser = TestBrowser.start();
    }

    @BeforeEach
    void start() throws Exception {
        mephisto = MephistoProcess.of(Distribution.assembled(), home);
        functions = TestFunctions.start();
    }

    @AfterEach
    void leave() {
        mayAnswer.countDown();
        browser.endVisits();
        functions.close();
    }

    @AfterAll
    static void stopBrowser() {
        browser.close();
    }

    /** A task whose function answers with the number of the call, the first ones only when they may. */
    private MephistoProcess run(int held) throws Exception {
        functions.with("classify", question -> {
            int number = asked.incrementAndGet();
            if (number <= held) {
                await(mayAnswer);
            }
            return Json.object().put("label", "call " + number);
        });
        Path task = Files.createDirectories(home.resolve("task"));
        NpmPage.bundle("remote-page", task.resolve("bundle.js"));
        Files.writeString(task.resolve("data.json"), "[{\"text\": \"a parcel\"}]");
        TaskFolder.live(task, "troubles", "remote_procedure", """
                task_source: ${task_dir}/bundle.js
                data_json: ${task_dir}/data.json
                functions:
                  classify: {url: %s}
                """.formatted(functions.url("classify")));
        return mephisto.start("run", task.toString());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Page open(Page page, URI link) {
        page.navigate(link.toString());
        assertThat(page.locator("#connection")).hasText("connected");
        return page;
    }

    private static LocatorAssertions.HasCountOptions patiently() {
        return new LocatorAssertions.HasCountOptions().setTimeout(LONG);
    }

    private static void classify(Page page) {
        page.locator("button:has-text('Classify')").click();
    }

    private static void count(WebSocketFrame frame, AtomicInteger heartbeats) {
        if (frame.text() != null && frame.text().contains("\"heartbeat\"")) {
            heartbeats.incrementAndGet();
        }
    }

    @Test
    void callsMadeAtOnceAreAllAnswered() throws Exception {
        try (MephistoProcess run = run(3)) {
            Page page = open(browser.newVisitor(), run.link());

            page.evaluate("for (let i = 0; i < 8; i++) [...document.querySelectorAll('button')][0].click()");
            page.waitForCondition(() -> asked.get() > 3);
            mayAnswer.countDown();

            assertThat(page.locator("li")).hasCount(8, patiently());
            for (int i = 1; i <= 8; i++) {
                assertThat(page.getByText("classify: call " + i)).isVisible();
            }
        }
    }

    @Test
    void aPageThatIsReloadedInTheMiddleOfACallFindsItsAnswerLater() throws Exception {
        try (MephistoProcess run = run(1)) {
            Page page = open(browser.newVisitor(), run.link());
            classify(page);
            page.waitForCondition(() -> asked.get() == 1);

            page.reload();
            assertThat(page.locator("#connection")).hasText("connected");
            classify(page);
            assertThat(page.locator("li")).hasText("classify: call 2");
            mayAnswer.countDown();
            classify(page);
            assertThat(page.locator("li")).hasCount(2, patiently());
            page.reload();

            assertThat(page.locator("#earlier")).containsText("call 1");
            page.getByText("Submit").click();
            assertThat(page.locator("#mephisto-next-unit")).isVisible();
        }
    }

    @Test
    void whoeverHasTwoTabsGetsTheAnswerInTheOneThatAsks() throws Exception {
        try (MephistoProcess run = run(0)) {
            Page first = open(browser.newVisitor(), run.link());
            AtomicInteger heartbeats = new AtomicInteger();
            first.context().addInitScript("localStorage.setItem('heartbeatTime', '2000')");
            Page second = first.context().newPage();
            second.onWebSocket(socket -> socket.onFrameSent(frame -> count(frame, heartbeats)));
            open(second, run.link());
            classify(second);
            assertThat(second.locator("li")).hasText("classify: call 1");
            // So long after the second has come that it is not taken for what a broken connection still brings: more
            // than 3 s.
            second.waitForCondition(() -> heartbeats.get() >= 3);

            classify(first);
            assertThat(first.locator("li")).hasText("classify: call 2");
            int before = heartbeats.get();
            second.waitForCondition(() -> heartbeats.get() >= before + 3);
            classify(second);

            assertThat(second.locator("li")).hasCount(2, patiently());
        }
    }

    @Test
    void aCallMadeWhileTheSocketIsDownIsAnsweredWhenItIsBack() throws Exception {
        try (MephistoProcess run = run(0)) {
            Page page = browser.newVisitor();
            try (Cable cable = Cable.to(run.link())) {
                open(page, cable.end(run.link()));
                cable.unplug();
                assertThat(page.locator("#connection")).not().hasText("connected");
                classify(page);
                cable.awaitRefusal();
                cable.plugIn();

                assertThat(page.locator("li")).hasCount(1, patiently());
            }
        }
    }
}
