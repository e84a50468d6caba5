package org.mephisto.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.json.Json;
import org.mephisto.task.TestBrowser;

/** The two examples of pages that call functions, in a browser, from the first call to the export. */
@Timeout(180)
@SuppressWarnings("NullAway.Init")
final class RemoteProcedureIT {
    private static TestBrowser browser;

    @TempDir
    private Path home;

    @BeforeAll
    static void startBrowser() {
        browser = TestBrowser.start();
    }

    @AfterEach
    void leave() {
        browser.endVisits();
    }

    @AfterAll
    static void stopBrowser() {
        browser.close();
    }

    private MephistoProcess run(String example, String... more) throws Exception {
        Distribution distribution = Distribution.assembled();
        List<String> arguments = new java.util.ArrayList<>(
                List.of("run", distribution.example(example).toString(), "mephisto.architect.port=0"));
        arguments.addAll(List.of(more));
        return MephistoProcess.of(distribution, home).start(arguments.toArray(String[]::new));
    }

    private JsonNode firstRow(String task) throws Exception {
        String rows = MephistoProcess.of(Distribution.assembled(), home).result("export", task);
        return rows.lines()
                .map(Json::parse)
                .filter(row -> row.path("status").asText().equals("completed"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aJavaFunctionAnswersThePageAndAReloadShowsItAgain() throws Exception {
        try (MephistoProcess run = run("remote-procedure-task")) {
            Page page = browser.newVisitor(360, 740);
            page.navigate(run.link().toString());
            page.getByLabel("Your version").fill("Tell us fourteen days before if you cancel.");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Check"))
                    .press("Enter");
            assertThat(page.locator("#score")).hasText(Pattern.compile("Easy to read: \\d+ of 100\\."));
            String score = page.locator("#score").textContent();

            page.reload();

            assertThat(page.locator("#score")).hasText(score);
            assertThat(page.getByLabel("Your version")).hasValue("Tell us fourteen days before if you cancel.");
            assertThat(page.evaluate("document.documentElement.scrollWidth <= 360"))
                    .isEqualTo(true);
            page.locator("#submit").click();
            assertThat(page.getByText("Thank you, your version is saved.")).isVisible();
        }
        JsonNode row = firstRow("remote-procedure-task");
        assertThat(row.at("/inputs/id").asText()).isEqualTo("s1");
        assertThat(row.at("/outputs/final_submission/rewrite").asText()).startsWith("Tell us");
        assertThat(row.at("/outputs/requests")).hasSize(2);
        assertThat(row.at("/outputs/requests/0/target").asText()).isEqualTo("readability");
        assertThat(row.at("/outputs/requests/1/target")).isEqualTo(row.at("/outputs/requests/0/uuid"));
    }

    @Test
    void aModelBehindHttpSuggestsAndTheWorkerCorrects() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer model = model(asked);
        try (MephistoProcess run = run(
                "remote-procedure-task-http",
                "mephisto.blueprint.functions.classify.url=http://127.0.0.1:"
                        + model.getAddress().getPort() + "/classify",
                "mephisto.blueprint.functions.classify.retries=0")) {
            Page page = browser.newVisitor();
            page.navigate(run.link().toString());

            assertThat(page.getByText("There is no suggestion this time")).containsText("try later");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ask again"))
                    .press("Enter");
            assertThat(page.getByText("The model says Payment (75 % sure)")).isVisible();
            Locator suggested = page.getByLabel("Payment");
            assertThat(suggested).isChecked();
            assertThat(page.locator("mark")).hasText("tracking");
            suggested.focus();
            page.keyboard().press("ArrowLeft");
            assertThat(page.getByLabel("Delivery")).isChecked();
            page.keyboard().press("Enter");
            assertThat(page.getByText("Thank you, your answer is saved.")).isVisible();
        } finally {
            model.stop(0);
        }
        JsonNode row = firstRow("remote-procedure-task-http");
        assertThat(row.at("/outputs/final_submission"))
                .isEqualTo(Json.parse(
                        "{\"id\": \"m1\", \"label\": \"delivery\", \"suggested\": \"payment\", \"accepted\": false}"));
        assertThat(row.at("/outputs/requests")).hasSize(4);
        assertThat(asked).hasValue(2);
    }

    @Test
    void theModelOfTheExampleSuggests() throws Exception {
        String example = "remote-procedure-task-http";
        try (PythonServer model = PythonServer.start(
                        Distribution.assembled().example(example).resolve("model.py"));
                MephistoProcess run = run(example, "mephisto.blueprint.functions.classify.url=" + model.url())) {
            Page page = browser.newVisitor();

            page.navigate(run.link().toString());

            assertThat(page.getByText("The model says Delivery (99 % sure)")).isVisible();
            assertThat(page.getByLabel("Delivery")).isChecked();
            assertThat(page.locator("mark")).hasText(new String[] {"parcel", "Monday", "tracking", "Where"});
        }
    }

    /** Fails at first, then finds that everything is about payment. */
    private static HttpServer model(AtomicInteger asked) throws IOException {
        HttpServer model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        model.createContext("/classify", exchange -> {
            boolean first = asked.getAndIncrement() == 0;
            String answer = first
                    ? "{\"error\": \"The model is loading, try later.\"}"
                    : "{\"label\": \"payment\", \"confidence\": 0.75, \"reasons\": [\"tracking\"]}";
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(first ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        model.start();
        return model;
    }
}
