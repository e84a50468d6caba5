package org.mephisto.blueprint.remoteprocedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.config.bind.OptionDescription;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.blueprint.ParsedData;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.testkit.TestContext;

@SuppressWarnings("NullAway.Init")
final class RemoteProcedureBlueprintTest {
    private static final String PAGE_AND_DATA = "{task_source: bundle.js, data_json: data.json}";
    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_500L);
    private static final String ENTRIES = """
            [{"uuid": "r1", "target": "classify", "args_json": "{\\"text\\":\\"a\\"}", "response_json": null,
              "timestamp": 1700000000.5},
             {"uuid": "u2", "target": "r1", "args_json": null, "response_json": "7", "timestamp": 1700000000.5}]
            """;

    private final BlueprintFactory factory = new RemoteProcedureBlueprintFactory();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTask() {
        TaskFiles.write(folder);
    }

    private Blueprint create(String options, SharedTaskState state) {
        return factory.create(TestContext.of(factory, folder, options).with(state));
    }

    private static AgentState state() {
        List<LiveUpdate> updates = List.of(
                new LiveUpdate(
                        "u1",
                        true,
                        AT,
                        JsonValue.ofText(
                                "{\"update_id\":\"u1\",\"request_id\":\"r1\",\"target\":\"classify\",\"args\":\"{\\\"text\\\":\\\"a\\\"}\"}")),
                new LiveUpdate(
                        "u2",
                        false,
                        AT,
                        JsonValue.ofText("{\"update_id\":\"u2\",\"handles\":\"r1\",\"response\":\"7\"}")),
                new LiveUpdate("u3", true, AT, JsonValue.ofText("{\"update_id\":\"u3\",\"text\":\"no call\"}")));
        Submission submission = new Submission(JsonValue.ofText("{\"label\": \"good\"}"), List.of(), AT, false);
        return new AgentState(
                JsonValue.ofText("{\"task_data\": {\"text\": \"a\"}, \"previous_requests\": []}"),
                updates,
                Optional.of(submission),
                AT,
                Optional.of(AT),
                JsonValue.emptyObject());
    }

    @Test
    void theServiceFileNamesTheFactory() {
        assertThat(ServiceLoader.load(BlueprintFactory.class).stream().map(ServiceLoader.Provider::type))
                .containsExactly(RemoteProcedureBlueprintFactory.class);
        assertThat(factory.type()).isEqualTo("remote_procedure");
    }

    @Test
    void aFunctionsOptionsHaveTheirDefaults() {
        assertThat(OptionDescription.of(factory.configType()))
                .filteredOn(option -> option.key().startsWith("functions."))
                .extracting(option ->
                        option.key() + "=" + option.defaultValue().orElse("") + (option.required() ? " *" : ""))
                .containsExactly(
                        "functions.NAME.url=",
                        "functions.NAME.command=",
                        "functions.NAME.timeout=30",
                        "functions.NAME.concurrency=16",
                        "functions.NAME.max_waiting=1000",
                        "functions.NAME.retries=1");
        assertThat(FunctionConfig.UNCONFIGURED)
                .isEqualTo(new FunctionConfig(Optional.empty(), List.of(), 30, 16, 1000, 1));
    }

    @Test
    void aPageThatComesBackGetsItsCallsAndTheirAnswers() {
        try (Blueprint blueprint = create(PAGE_AND_DATA, twoFunctions())) {
            JsonValue data = blueprint.taskRunner().initDataOnReturn(state());

            assertThat(blueprint.taskRunner().isLive()).isTrue();
            assertThat(data.node())
                    .isEqualTo(
                            Json.parse("{\"task_data\": {\"text\": \"a\"}, \"previous_requests\": " + ENTRIES + "}"));
        }
    }

    @Test
    void theExportHoldsTheSubmissionAndTheCalls() {
        ParsedData parsed = factory.parse(state());

        assertThat(parsed.inputs()).isEqualTo(Json.parse("{\"text\": \"a\"}"));
        assertThat(parsed.outputs())
                .isEqualTo(Json.parse("{\"final_submission\": {\"label\": \"good\"}, \"requests\": " + ENTRIES + "}"));
    }

    private static SharedTaskState twoFunctions() {
        return SharedTaskState.builder()
                .functions(Map.of("one", (args, state) -> args, "two", (args, state) -> args))
                .build();
    }

    @Test
    void withoutFunctionsThereIsNothingToDo() {
        assertThatThrownBy(() -> create(PAGE_AND_DATA, SharedTaskState.empty()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mephisto.blueprint.functions: missing", "classify: {url:");
    }

    @Test
    void aPluginsOwnFunctionsAreEnough() {
        BlueprintFactory own = RemoteProcedureBlueprintFactory.with(Map.of("own", (args, state) -> args));
        TestContext context = TestContext.of(own, folder, PAGE_AND_DATA);

        try (Blueprint blueprint = own.create(context)) {
            assertThat(blueprint.assignments()).hasSize(2);
        }
    }

    @Test
    void everyProblemIsToldAtOnce() {
        String options = """
                task_source: none.js
                data_json: data.json
                functions:
                  both: {url: 'http://localhost/', command: [java]}
                  neither: {}
                  address: {url: 'localhost:8000'}
                  program: {command: [./no-such-program]}
                  path: {command: [no-such-program-anywhere]}
                """;

        ConfigException error = catchThrowableOfType(ConfigException.class, () -> create(options, twoFunctions()));

        assertThat(error.problems())
                .extracting(Problem::path)
                .containsExactly(
                        "mephisto.blueprint.task_source",
                        "mephisto.blueprint.functions.both",
                        "mephisto.blueprint.functions.neither",
                        "mephisto.blueprint.functions.address.url",
                        "mephisto.blueprint.functions.program.command",
                        "mephisto.blueprint.functions.path.command");
    }

    @Test
    void aMisspeltOptionOfAFunctionIsFound() {
        assertThatThrownBy(() -> TaskFiles.run(folder)
                        .blueprintOption("functions", Map.of("classify", Map.of("ulr", "http://localhost/")))
                        .start())
                .asInstanceOf(type(ConfigException.class))
                .extracting(ConfigException::getMessage)
                .asString()
                .contains("mephisto.blueprint.functions.classify.ulr", "did you mean \"url\"?");
    }
}
