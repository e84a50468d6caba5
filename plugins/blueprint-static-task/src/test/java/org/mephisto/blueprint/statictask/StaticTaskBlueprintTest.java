package org.mephisto.blueprint.statictask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.mephisto.spi.blueprint.GoldArgs;
import org.mephisto.spi.blueprint.OnboardingArgs;
import org.mephisto.spi.blueprint.ParsedData;
import org.mephisto.spi.blueprint.ScreeningArgs;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.blueprint.StaticTaskArgs;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.blueprint.SubmittedFile;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;

@SuppressWarnings("NullAway.Init")
final class StaticTaskBlueprintTest {
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

    private Blueprint create(StaticTaskConfig config) {
        return factory.create(new TestContext(folder, config, SharedTaskState.empty()));
    }

    private static StaticTaskConfig working() {
        return TestContext.config("task.html", Optional.of(Path.of("data.csv")));
    }

    @Test
    void theServiceFileNamesTheFactory() {
        assertThat(ServiceLoader.load(BlueprintFactory.class).stream().map(ServiceLoader.Provider::type))
                .containsExactly(StaticTaskBlueprintFactory.class);
        assertThat(factory.type()).isEqualTo("static_task");
    }

    @Test
    void thePageHoldsTemplateScriptAndPreview() throws IOException {
        create(working()).taskBuilder().buildInDir(page);

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
        StaticTaskArgs data = new StaticTaskArgs(
                1,
                "",
                Optional.of(Path.of("extra")),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Path.of("data.csv")));
        StaticTaskConfig config = new StaticTaskConfig(
                Path.of("task.html"),
                Optional.empty(),
                Optional.empty(),
                false,
                data,
                TestContext.NO_ONBOARDING,
                TestContext.NO_SCREENING,
                TestContext.NO_GOLDS);

        create(config).taskBuilder().buildInDir(page);

        assertThat(page.resolve("index.html")).hasContent("mine");
        assertThat(page.resolve("bundle.js")).content().isNotEqualTo("mine");
    }

    @Test
    void thePageOfAUnitGetsItsFieldsAndTheTemplatesName() {
        Blueprint blueprint = create(working());

        List<AssignmentData> assignments = blueprint.assignments().toList();
        JsonNode initData = StaticTaskBlueprint.initData(assignments.getFirst(), "task.html")
                .node();

        assertThat(assignments).hasSize(2);
        assertThat(initData).isEqualTo(Json.parse("{\"text\": \"hello\", \"html\": \"task.html\"}"));
        assertThat(blueprint.frontendArgs()).containsEntry("escape_html", true);
    }

    @Test
    void everyProblemIsToldAtOnce() {
        StaticTaskConfig config = new StaticTaskConfig(
                Path.of("none.html"),
                Optional.of(Path.of("none-either.html")),
                Optional.empty(),
                false,
                TestContext.data(Optional.of(Path.of("none.csv"))),
                new OnboardingArgs(Optional.of("can-read")),
                new ScreeningArgs(Optional.empty(), Optional.empty(), true),
                new GoldArgs(Optional.empty(), Optional.empty(), true, 1, 0));

        assertThatThrownBy(() -> create(config))
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

        assertThatThrownBy(() -> factory.create(
                        new TestContext(folder, TestContext.config("task.html", Optional.empty()), endless)))
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
