package org.mephisto.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.json.Json;
import org.mephisto.task.TestBrowser;
import org.mephisto.testkit.SimulatedAgent;
import org.mephisto.testkit.SimulatedPage;
import org.mephisto.testkit.SimulatedWorker;

/** The example two-person-chat as users run it. */
@Timeout(180)
@SuppressWarnings("NullAway.Init")
final class ChatIT {
    @TempDir
    private Path home;

    private MephistoProcess.Builder mephisto() throws Exception {
        return MephistoProcess.of(Distribution.assembled(), home);
    }

    private static String example() throws Exception {
        return Distribution.assembled().example("two-person-chat").toString();
    }

    private List<JsonNode> completedRows() throws Exception {
        return mephisto()
                .result("export", "two-person-chat")
                .lines()
                .map(Json::parse)
                .filter(row -> row.path("status").asText().equals("completed"))
                .toList();
    }

    @Test
    void twoWindowsHaggleToTheEnd() throws Exception {
        List<String> errors = new ArrayList<>();
        try (MephistoProcess run = mephisto()
                        .start(
                                "run",
                                example(),
                                "mephisto.architect.port=0",
                                "mephisto.task.closing_time_in_seconds=0");
                TestBrowser browser = TestBrowser.start()) {
            Page buyer = browser.newVisitor();
            Page seller = browser.newVisitor(390, 760);
            buyer.onPageError(errors::add);
            seller.onPageError(errors::add);
            String link = run.link().toString();
            buyer.navigate(link);
            seller.navigate(link.replace("worker1", "worker2"));

            write(buyer, "Would you take 130?", seller);
            write(seller, "140 and it is yours.", buyer);
            write(buyer, "All right.", seller);
            seller.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("End the chat"))
                    .click();
            for (Page page : List.of(buyer, seller)) {
                page.getByLabel("Yes").check();
                page.getByLabel("At what price, or why not?").fill("140");
                page.getByLabel("Very").check();
                page.getByText("Send answers").click();
                page.getByText("Done", new Page.GetByTextOptions().setExact(true))
                        .click();
                assertThat(page.locator("#mephisto-next-unit")).isVisible();
            }
            run.interrupt();

            assertThat(run.awaitExit()).as(run.err()).isZero();
        }
        List<JsonNode> rows = completedRows();
        assertThat(errors).isEmpty();
        assertThat(rows).hasSize(2);
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.at("/outputs/messages").findValuesAsText("text"))
                        .contains("Would you take 130?", "140 and it is yours.", "All right."));
        assertThat(rows.getFirst().at("/inputs/your_limit").asText()).isNotEmpty();
    }

    private static void write(Page from, String text, Page to) {
        assertThat(from.getByText("Send", new Page.GetByTextOptions().setExact(true)))
                .isEnabled();
        from.getByLabel("Your message").fill(text);
        from.keyboard().press("Enter");
        assertThat(to.getByRole(AriaRole.LOG).getByText(text)).isVisible();
    }

    @Test
    void theBotOfTheExampleHaggles() throws Exception {
        Path example = Files.createDirectory(home.resolve("example"));
        for (String file : List.of("task.yaml", "with-bot.yaml", "deals.jsonl", "about.html", "bot.py")) {
            Files.copy(Path.of(example()).resolve(file), example.resolve(file));
        }
        try (PythonServer bot = PythonServer.start(example.resolve("bot.py"))) {
            Path task = example.resolve("with-bot.yaml");
            String yaml = Files.readString(task);
            assertThat(yaml).contains("url: http://127.0.0.1:8100/\n");
            Files.writeString(task, yaml.replace("http://127.0.0.1:8100/", bot.url()));
            try (MephistoProcess run = mephisto().start("run", task.toString(), "mephisto.architect.port=0")) {
                SimulatedAgent buyer = new SimulatedWorker(run.link(), "ann").register("visit");
                try (SimulatedPage page = buyer.openPage()) {
                    page.sendLiveUpdate(Map.of("text", "Would you take 130?"));

                    JsonNode answer = page.awaitLiveUpdate(
                            update -> update.path("id").asText().equals("Robin"));

                    assertThat(answer.path("text").asText()).isEqualTo("130 is too little for me. I could do 165.");
                }
            }
        }
    }

    @Test
    void aKilledChatGoesOnWhereItWas() throws Exception {
        String port;
        try (MephistoProcess run = mephisto().start("run", example(), "mephisto.architect.port=0")) {
            URI link = run.link();
            port = Integer.toString(link.getPort());
            SimulatedAgent ann = new SimulatedWorker(link, "ann").register("visit");
            SimulatedAgent bob = new SimulatedWorker(link, "bob").register("visit");
            try (SimulatedPage annsPage = ann.openPage();
                    SimulatedPage bobsPage = bob.openPage()) {
                say(annsPage, "one", bobsPage);
                say(bobsPage, "two", annsPage);

                run.kill();
            }
        }
        try (MephistoProcess again = mephisto()
                .start(
                        "run",
                        example(),
                        "mephisto.architect.port=" + port,
                        "mephisto.task.resume_incomplete_run=true")) {
            URI link = again.link();
            SimulatedAgent ann = new SimulatedWorker(link, "ann").register("visit");
            SimulatedAgent bob = new SimulatedWorker(link, "bob").register("visit");
            try (SimulatedPage annsPage = ann.openPage();
                    SimulatedPage bobsPage = bob.openPage()) {
                say(annsPage, "three", bobsPage);
                say(bobsPage, "four", annsPage);
            }

            assertThat(texts(ann)).containsExactly("one", "two");
            again.interruptTwice();
            assertThat(again.awaitExit()).as(again.err()).isZero();
        }
    }

    private static List<String> texts(SimulatedAgent agent) {
        return agent.initTaskData().path("past_live_updates").findValuesAsText("text");
    }

    private static void say(SimulatedPage from, String text, SimulatedPage to) {
        from.sendLiveUpdate(Map.of("text", text));
        JsonNode heard = to.awaitLiveUpdate(update -> update.has("text"));
        assertThat(heard.path("text").asText()).isEqualTo(text);
    }
}
