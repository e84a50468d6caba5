package org.mephisto.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mephisto.spi.json.Json;

/** {@code kill -9} in the middle of live work, whose pages stay open: a new process goes on where the old one was. */
final class LiveKillIT extends BrowserFixture {
    /** Takes the run up again in a new process, at the same port. */
    private MephistoProcess resume(Path task, URI link, String... more) {
        Stream<String> again = Stream.of(
                "run",
                task.toString(),
                "mephisto.architect.port=" + link.getPort(),
                "mephisto.task.resume_incomplete_run=true");
        return mephisto.start(Stream.concat(again, Stream.of(more)).toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(ChatWindow.Kind.class)
    void bothWindowsOfAChatComeBackWithAllThatWasSaidAndFinish(ChatWindow.Kind kind) throws Exception {
        Path task = TaskFolder.chat(home.resolve("task"), "killed", kind, "max_turns: 5\n");
        ChatWindow ann;
        ChatWindow bob;
        URI link;
        try (MephistoProcess run = mephisto.start("run", task.toString())) {
            link = run.link();
            ann = ChatWindow.open(kind, browser, link, "ann");
            bob = ChatWindow.open(kind, browser, link, "bob");
            ChatWindow.begin(ann, bob);

            run.kill();
        }
        ann.awaitAway();
        ann.say("three, into the void");
        try (MephistoProcess again = resume(task, link)) {
            bob.awaitMessages("one", "two", "three, into the void");
            bob.page().reload();
            bob.awaitMessages("one", "two", "three, into the void");
            bob.say("four");
            ann.awaitMessages("one", "two", "three, into the void", "four");
            ann.say("five");
            ann.finish();
            bob.finish();

            assertThat(again.awaitExit()).as(again.err()).isZero();
        }
        ChatWindow.assertBothSaid(rows("killed"), "one", "two", "three, into the void", "four", "five");
    }

    @Test
    void aCallThatWasUnderWayIsMadeAgainAndThePageGetsItsAnswer() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch isKilled = new CountDownLatch(1);
        Path task = Distribution.assembled().example("remote-procedure-task-http");
        try (TestFunctions model = TestFunctions.start().with("classify", question -> {
            if (asked.incrementAndGet() == 1) {
                isAsked.countDown();
                TestFunctions.hold(isKilled);
            }
            return Json.object().put("label", "payment").put("confidence", 0.75);
        })) {
            String url = "mephisto.blueprint.functions.classify.url=" + model.url("classify");
            URI link;
            Page page = browser.newVisitor();
            try (MephistoProcess run = mephisto.start("run", task.toString(), "mephisto.architect.port=0", url)) {
                link = run.link();
                page.navigate(link.toString());
                page.waitForCondition(() -> isAsked.getCount() == 0);
                assertThat(page.getByText("The model is reading")).isVisible();

                run.kill();
            }
            isKilled.countDown();
            try (MephistoProcess again = resume(task, link, url)) {
                assertThat(page.getByText("The model says Payment (75 % sure)")).isVisible();
                page.getByLabel("Delivery").check();
                page.locator("#submit").click();
                assertThat(page.getByText("Thank you, your answer is saved.")).isVisible();
                again.kill();
            }
        }
        JsonNode row = rows("remote-procedure-task-http").stream()
                .filter(each -> each.path("status").asText().equals("completed"))
                .findFirst()
                .orElseThrow();
        assertThat(row.at("/outputs/requests")).hasSize(2);
        assertThat(row.at("/outputs/requests/1/target")).isEqualTo(row.at("/outputs/requests/0/uuid"));
        assertThat(row.at("/outputs/final_submission/label").asText()).isEqualTo("delivery");
        assertThat(asked).hasValue(2);
    }
}
