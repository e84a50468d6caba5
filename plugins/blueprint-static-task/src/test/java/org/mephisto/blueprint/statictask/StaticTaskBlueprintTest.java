package org.mephisto.blueprint.statictask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.ParsedData;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.blueprint.SubmittedFile;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.testkit.TestContext;

@SuppressWarnings("NullAway.Init")
final class StaticTaskBlueprintTest {
    private static final String WORKING = "{task_source: task.html, escape_html: true, data_csv: data.csv}";

    private final BlueprintFactory factory = new StaticTaskBlueprintFactory();

    @TempDir
    private Path folder;

    @TempDir
    private Path page;

    @BeforeEach
    void writeTask() throws IOException {
        Files.writeString(folder.resolve("task.html"), "<p>${text}</p>");
        Files.writeString(folder.resolve("data.csv"), "text\nhello\nworld\n");
    }

    private Blueprint create(String options) {
        return factory.create(TestContext.of(factory, folder, options));
    }

    @Test
    void theServiceFileNamesTheFactory() {
        assertThat(ServiceLoader.load(BlueprintFactory.class).stream().map(ServiceLoader.Provider::type))
                .containsExactly(StaticTaskBlueprintFactory.class);
        assertThat(factory.type()).isEqualTo("static_task");
    }

    @Test
    void thePageHoldsTemplateScriptAndPreview() throws IOException {
        create(WORKING).taskBuilder().buildInDir(page);

        assertThat(page.resolve("index.html"))
                .content()
                .contains("<title>Judge &lt;this&gt;</title>", "wrap_crowd_source.js", "bundle.js");
        assertThat(page.resolve("task.html")).hasContent("<p>${text}</p>");
        assertThat(page.resolve("preview.html")).hasContent("<p>${text}</p>");
        assertThat(page.resolve("bundle.js")).content().contains("html-task-submit-button");
        assertThat(page.resolve("onboarding.html")).doesNotExist();
    }

    @Test
    void filesOfTheUserReplaceThePageButNotItsScript() throws IOException {
        Path extra = Files.createDirectory(folder.resolve("extra"));
        Files.writeString(extra.resolve("index.html"), "mine");
        Files.writeString(extra.resolve("bundle.js"), "mine");

        create("{task_source: task.html, extra_source_dir: extra, data_csv: data.csv}")
                .taskBuilder()
                .buildInDir(page);

        assertThat(page.resolve("index.html")).hasContent("mine");
        assertThat(page.resolve("bundle.js")).content().isNotEqualTo("mine");
    }

    @Test
    void thePageOfAUnitGetsItsFieldsAndTheTemplatesName() {
        Blueprint blueprint = create(WORKING);

        List<AssignmentData> assignments = blueprint.assignments().toList();
        JsonValue initData = StaticTaskBlueprint.initData(assignments.getFirst(), "task.html");

        assertThat(assignments).hasSize(2);
        assertThat(initData.node()).isEqualTo(Json.parse("{\"text\": \"hello\", \"html\": \"task.html\"}"));
        assertThat(initData)
                .as("what is stored with the assignment is not stored again for each agent")
                .isSameAs(assignments.getFirst().shared());
        assertThat(blueprint.frontendArgs()).containsEntry("escape_html", true);
    }

    @Test
    void anItemThatNamesNoTemplateOrAnotherIsGivenThisOne() {
        JsonValue golden = JsonValue.ofText("{\"text\": \"hello\"}");
        JsonValue older =
                JsonValue.ofText("{\"text\": \"hello\", \"html\": \"old.html\", \"more\": {\"html\": \"task.html\"}}");

        assertThat(StaticTaskBlueprint.initData(AssignmentData.of(golden, 1), "task.html")
                        .node())
                .isEqualTo(Json.parse("{\"text\": \"hello\", \"html\": \"task.html\"}"));
        assertThat(StaticTaskBlueprint.initData(AssignmentData.of(older, 1), "task.html")
                        .node())
                .isEqualTo(Json.parse(
                        "{\"text\": \"hello\", \"html\": \"task.html\", \"more\": {\"html\": \"task.html\"}}"));
    }

    @Test
    void everyProblemIsToldAtOnce() {
        String options = """
                task_source: none.html
                preview_source: none-either.html
                data_csv: none.csv
                onboarding_qualification: can-read
                use_screening_task: true
                use_golds: true
                """;

        assertThatThrownBy(() -> create(options))
                .asInstanceOf(type(ConfigException.class))
                .extracting(ConfigException::problems)
                .satisfies(problems -> assertThat(problems)
                        .extracting(Problem::path)
                        .containsExactly(
                                "mephisto.blueprint.task_source",
                                "mephisto.blueprint.preview_source",
                                "mephisto.blueprint.onboarding_source",
                                "mephisto.blueprint.passed_qualification_name",
                                "mephisto.blueprint.max_screening_units",
                                "mephisto.task.allowed_concurrent",
                                "mephisto.blueprint.gold_qualification_base",
                                "mephisto.blueprint.use_golds",
                                "mephisto.blueprint.data_csv"));
    }

    @Test
    void dataThatMayBeEndlessNeedALimit() {
        SharedTaskState endless = SharedTaskState.builder()
                .staticTaskData(() -> Stream.generate(Json::object))
                .build();
        TestContext context =
                TestContext.of(factory, folder, "task_source: task.html").with(endless);

        assertThatThrownBy(() -> factory.create(context))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mephisto.task.max_num_concurrent_units");
    }

    @Test
    void outputsAreTheFieldsAndTheUploadedFiles() {
        SubmittedFile file = new SubmittedFile("123-proof.txt", "proof.txt", "file1", "text/plain", 8);
        Submission submission =
                new Submission(JsonValue.ofText("{\"tone\": \"mixed\"}"), List.of(file), Instant.EPOCH, false);
        AgentState state = new AgentState(
                JsonValue.ofText("{\"text\": \"hello\"}"),
                List.of(),
                Optional.of(submission),
                Instant.EPOCH,
                Optional.empty(),
                JsonValue.emptyObject());

        ParsedData parsed = factory.parse(state);

        assertThat(parsed.inputs()).isEqualTo(Json.parse("{\"text\": \"hello\"}"));
        assertThat(Json.parse(Json.write(parsed.outputs()))).isEqualTo(Json.parse("""
                {"tone": "mixed", "files": ["123-proof.txt"], "filesByFields": {"file1": [{"filename": "123-proof.txt",
                 "originalname": "proof.txt", "fieldname": "file1", "mimetype": "text/plain", "size": 8}]}}
                """));
    }
}
