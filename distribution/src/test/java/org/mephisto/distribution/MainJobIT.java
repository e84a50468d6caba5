package org.mephisto.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.export.ExportWriter;
import org.mephisto.spi.json.Json;
import org.mephisto.task.TestBrowser;

/** The main job from its first command to its last: launch, work in a browser, export. */
@Timeout(180)
@SuppressWarnings("NullAway.Init")
final class MainJobIT {
    private static final String SUBMIT = "#html-task-submit-button";
    private static final String NEXT = "#mephisto-next-unit";

    private static TestBrowser browser;

    @TempDir
    private Path home;

    @BeforeAll
    static void startBrowser() {
        browser = TestBrowser.start();
    }

    @AfterAll
    static void stopBrowser() {
        browser.close();
    }

    private MephistoProcess.Builder mephisto() throws Exception {
        return MephistoProcess.of(Distribution.assembled(), home);
    }

    @Test
    void everyUnitIsDoneInTheBrowserAndExportedInEachFormat() throws Exception {
        Path task = TaskFolder.questions(home.resolve("my task"), "questions", 3);
        try (MephistoProcess run = mephisto().start("run", task.toString())) {
            Page page = browser.newVisitor();
            page.navigate(run.link().toString());
            for (int i = 0; i < 3; i++) {
                assertThat(page.locator("#question")).hasText(TaskFolder.QUESTIONS[i]);
                page.getByLabel("Your answer").fill("Answer \"" + i + "\",\nwith ü");
                page.locator(SUBMIT).click();
                assertThat(page.getByText("Your work is saved.")).isVisible();
                if (i < 2) {
                    page.locator(NEXT).click();
                }
            }

            int code = run.awaitExit();

            assertThat(code).as(run.err()).isZero();
            assertThat(run.out())
                    .contains("Ended: all units are done.")
                    .contains("3 of 3 units completed, 0 expired")
                    .contains(home.resolve("data").toString())
                    .contains("mephisto export questions --format csv");
            assertThat(run.err()).contains("3 of 3 completed").doesNotContain("Exception", "WARN", "ERROR");
        }
        assertJson(rows(mephisto().result("export", "questions")));
        assertJson(Json.parse(mephisto().result("export", "questions", "--format", "json")));
        assertCsv(Csv.parse(mephisto().result("export", "questions", "--format", "csv")));
        assertFlatCsv(Csv.parse(mephisto().result("export", "questions", "--format", "csv", "--flatten")));
        try (MephistoProcess unknown = mephisto().start("export", "question")) {
            assertThat(unknown.awaitExit()).isEqualTo(1);
            assertThat(unknown.err()).contains("no task \"question\"", "There are: questions.");
        }
    }

    private static JsonNode rows(String jsonl) {
        return Json.toNode(jsonl.lines().map(Json::parse).toList());
    }

    private static void assertJson(JsonNode rows) {
        assertThat(rows).hasSize(3);
        for (int i = 0; i < 3; i++) {
            JsonNode row = rows.get(i);
            assertThat(row.properties().stream().map(java.util.Map.Entry::getKey))
                    .containsExactlyElementsOf(ExportWriter.COLUMNS);
            assertThat(row.path("task_name").asText()).isEqualTo("questions");
            assertThat(row.path("status").asText()).isEqualTo("completed");
            assertThat(row.path("worker_name").asText()).isEqualTo("worker1");
            assertThat(row.path("unit_index").asInt()).isZero();
            assertThat(row.at("/inputs/question").asText()).isEqualTo(TaskFolder.QUESTIONS[i]);
            assertThat(row.at("/outputs/number").asText()).isEqualTo(Integer.toString(i));
            assertThat(row.at("/outputs/answer").asText()).startsWith("Answer \"" + i + "\"");
            assertThat(row.path("task_start").asText())
                    .isLessThanOrEqualTo(row.path("task_end").asText());
        }
    }

    private static void assertCsv(List<List<String>> records) {
        assertThat(records.getFirst()).isEqualTo(ExportWriter.COLUMNS);
        assertThat(records.subList(1, 4)).allSatisfy(record -> {
            assertThat(record).hasSameSizeAs(ExportWriter.COLUMNS);
            assertThat(Json.parse(cell(records, record, "outputs"))
                            .path("answer")
                            .asText())
                    .contains("with ü");
            assertThat(cell(records, record, "status")).isEqualTo("completed");
        });
        assertThat(records).hasSize(4);
    }

    private static void assertFlatCsv(List<List<String>> records) {
        assertThat(records).hasSize(4);
        assertThat(records.getFirst())
                .contains("inputs.question", "outputs.answer", "outputs.number")
                .doesNotContain("inputs", "outputs");
        for (int i = 0; i < 3; i++) {
            List<String> record = records.get(i + 1);
            assertThat(cell(records, record, "inputs.question")).isEqualTo(TaskFolder.QUESTIONS[i]);
            assertThat(cell(records, record, "outputs.number")).isEqualTo(Integer.toString(i));
        }
    }

    private static String cell(List<List<String>> records, List<String> record, String column) {
        return record.get(records.getFirst().indexOf(column));
    }

    @Test
    void theExampleOfTheQuickStartIsDoneToItsEnd() throws Exception {
        String example = Distribution.assembled().example("simple-static-task").toString();
        try (MephistoProcess run = mephisto()
                .start("run", example, "mephisto.architect.port=0", "mephisto.task.closing_time_in_seconds=0")) {
            Page page = browser.newVisitor();
            page.navigate(run.link().toString());
            for (int i = 0; i < 10; i++) {
                page.locator("input[name=tone][value=mixed]").check();
                page.locator("input[name=confidence][value=sure]").check();
                page.getByLabel("Which words decided it?").fill("these " + i);
                page.locator(SUBMIT).click();
                assertThat(page.locator(NEXT)).isVisible();
                if (i < 9) {
                    page.locator(NEXT).click();
                }
            }

            int code = run.awaitExit();

            assertThat(code).as(run.err()).isZero();
        }
        Path file = home.resolve("rows.csv");
        mephisto().result("export", "simple-static-task", "--format", "csv", "--output", file.toString());
        List<List<String>> records = Csv.parse(Files.readString(file));
        assertThat(records).hasSize(11);
        assertThat(cell(records, records.get(9), "inputs")).contains("<and I aired it every day>");
    }

    @Test
    void theReactExampleIsDoneInTheBrowser() throws Exception {
        String example = Distribution.assembled().example("static-react-task").toString();
        try (MephistoProcess run = mephisto()
                .start("run", example, "mephisto.architect.port=0", "mephisto.task.closing_time_in_seconds=0")) {
            Page page = browser.newVisitor();
            page.navigate(run.link().toString());
            assertThat(page.locator("img")).isVisible();
            page.waitForFunction("document.querySelector('img').naturalWidth > 0");
            page.locator(".card").first().click();
            page.getByLabel("Mostly because").selectOption("It has more detail");
            page.getByText("Submit").click();
            assertThat(page.locator(NEXT)).isVisible();

            run.interrupt();
            int code = run.awaitExit();

            assertThat(code).as(run.err()).isZero();
            assertThat(run.out()).containsPattern("\\b1 of \\d+ units completed");
        }
        List<JsonNode> done = mephisto()
                .result("export", "static-react-task")
                .lines()
                .map(Json::parse)
                .filter(row -> row.path("status").asText().equals("completed"))
                .toList();
        assertThat(done).hasSize(1);
        assertThat(done.getFirst().at("/outputs/reason").asText()).isEqualTo("It has more detail");
        assertThat(done.getFirst().at("/outputs/choice").asInt(-1)).isZero();
    }
}
