package org.mephisto.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.json.Json;

/** What workers do to pages on the original's npm packages besides what they are asked to. */
final class NpmTroublesIT extends NpmLiveFixture {
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);

    @AfterEach
    void releaseCalls() {
        mayAnswer.countDown();
    }

    /** A task whose function answers with the number of the call, the first ones only when they may. */
    private MephistoProcess run(int held) throws Exception {
        functions.with("classify", question -> {
            int number = asked.incrementAndGet();
            if (number <= held) {
                TestFunctions.hold(mayAnswer);
            }
            return Json.object().put("label", "call " + number);
        });
        Path task = remoteTask("troubles", "classify: {url: " + functions.url("classify") + "}");
        return mephisto.start("run", task.toString());
    }

    private static Page open(Page page, URI link) {
        page.navigate(link.toString());
        assertThat(page.locator("#connection")).hasText("connected");
        return page;
    }

    private static void classify(Page page) {
        page.locator("button:has-text('Classify')").click();
    }

    @Test
    void callsMadeAtOnceAreAllAnswered() throws Exception {
        try (MephistoProcess run = run(3)) {
            Page page = open(browser.newVisitor(), run.link());

            page.evaluate("for (let i = 0; i < 8; i++) [...document.querySelectorAll('button')][0].click()");
            page.waitForCondition(() -> asked.get() > 3);
            mayAnswer.countDown();

            assertThat(page.locator("li")).hasCount(8);
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
            assertThat(page.locator("li")).hasCount(2);
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
            first.context().addInitScript("localStorage.setItem('heartbeatTime', '2000')");
            Page second = first.context().newPage();
            Heartbeats heartbeats = Heartbeats.of(second);
            open(second, run.link());
            classify(second);
            assertThat(second.locator("li")).hasText("classify: call 1");
            // So long after the second has come that it is not taken for what a broken connection still brings: more
            // than 3 s.
            heartbeats.await(3);

            classify(first);
            assertThat(first.locator("li")).hasText("classify: call 2");
            heartbeats.await(3);
            classify(second);

            assertThat(second.locator("li")).hasCount(2);
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

                assertThat(page.locator("li")).hasCount(1);
            }
        }
    }
}
