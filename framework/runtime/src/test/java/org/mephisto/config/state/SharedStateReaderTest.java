package org.mephisto.config.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mephisto.config.bind.Problems;
import org.mephisto.config.hooks.HookPlaces;
import org.mephisto.config.yaml.YamlText;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.blueprint.Submission;
import org.mephisto.spi.blueprint.Verdict;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.json.JsonValue;
import org.mephisto.spi.model.FailureReason;
import org.mephisto.spi.model.QualificationComparator;
import org.mephisto.spi.model.QualificationRequirement;
import org.mephisto.spi.model.Unit;
import org.mephisto.spi.model.UnitStatus;

final class SharedStateReaderTest {
    private static final Unit UNIT = new Unit(3, 2, 1, 0, UnitStatus.LAUNCHED);

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        http.shutdownNow();
    }

    @Test
    void valuesAreReadAndLaidOverThoseOfTheProgram() {
        SharedTaskState byCode = SharedTaskState.builder()
                .taskConfig(Map.of("color", "red", "size", 1))
                .qualifications(List.of(QualificationRequirement.mustNotExist("blocked")))
                .onboardingData(JsonValue.of(Map.of("old", true)))
                .build();

        SharedTaskState state = read("""
                task_config: {size: 2, tone: {a: 1}}
                onboarding_data: {page: 1}
                static_task_data: [{q: a}, {q: b}]
                qualifications:
                  - {qualification_name: level, comparator: GreaterThan, value: 3}
                """, byCode);

        assertThat(Json.toNode(state.taskConfig())).isEqualTo(yaml("{color: red, size: 2, tone: {a: 1}}"));
        assertThat(state.onboardingData().text()).isEqualTo("{\"page\":1}");
        assertThat(state.qualifications())
                .extracting(QualificationRequirement::qualificationName)
                .containsExactly("blocked", "level");
        try (Stream<JsonNode> data = state.staticTaskData().orElseThrow().get()) {
            assertThat(data.map(item -> item.path("q").asText())).containsExactly("a", "b");
        }
    }

    @Test
    void whatIsNotGivenStaysAsTheProgramHasIt() {
        SharedTaskState byCode = SharedTaskState.builder()
                .workerCanDoUnit((worker, unit) -> false)
                .validateOnboarding(data -> false)
                .build();

        SharedTaskState state = read("{}", byCode);

        assertThat(state).isEqualTo(byCode);
    }

    @ParameterizedTest
    @EnumSource(QualificationComparator.class)
    void everyComparatorIsKnownByItsWord(QualificationComparator comparator) {
        boolean many = comparator == QualificationComparator.IN || comparator == QualificationComparator.NOT_IN;
        String value = comparator.needsValue() ? ", value: " + (many ? "[1, 2]" : "1") : "";

        SharedTaskState state = read(
                "qualifications: [{qualification_name: q, comparator: " + comparator.word() + value
                        + ", applicable_providers: [mock]}]",
                SharedTaskState.empty());

        assertThat(state.qualifications())
                .containsExactly(new QualificationRequirement(
                        "q",
                        comparator,
                        comparator.needsValue() ? many ? List.of(1, 2) : List.of(1) : List.of(),
                        Optional.of(List.of("mock"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "qualifications: [{qualification_name: q, comparator: GraterThan, value: 1}] | did you mean \"GreaterThan\"",
                "qualifications: [{comparator: Exists}]                            | qualifications[0].qualification_name: is missing",
                "qualifications: [{qualification_name: q, comparator: EqualTo}]    | needs one value, got []",
                "qualifications: [{qualification_name: q, comparator: EqualTo, value: high}] | must be a whole number or a list of them, not \"high\"",
                "qualifications: [{qualification_name: q, comparator: Exists, vlaue: 1}] | did you mean \"value\"",
                "qualifications: [{qualification_name: '', comparator: Exists}]    | must be a text without blanks around it, not \"\"",
                "qualifications: [{qualification_name: ' q', comparator: Exists}]  | must be a text without blanks around it, not \" q\"",
                "qualifications: [{qualification_name: q, comparator: Exists, applicable_providers: []}] | is empty, so nobody would be asked",
                "failure_texts: {NOT_QUALIFIED: ' '}                               | is empty, so workers would not read why",
                "validate_onboarding: {url: 'http://localhost:99999/'}             | must be a web address such as",
                "gold_data: [{q: 1, expect: four}]                                 | gold_data[0].expect: must map fields to their values, such as {answer: 4}, not \"four\"",
                "gold_data: [{q: 1, expect: {}}]                                   | gold_data[0].expect: must map fields to their values",
                "validate_onboarding: {java: check}                                | names a method of Hooks.java, which is missing",
                "validate_onboarding: {}                                           | must have exactly one of expect, url",
                "validate_onboarding: {expect: {a: 1}, url: 'http://x/'}           | must have exactly one of expect, url",
                "validate_onboarding: {expect: {}}                                 | must map fields to their values",
                "worker_can_do_unit: {expect: {a: 1}}                              | compares submitted fields, of which there are none here",
                "on_unit_submitted: {url: 'ftp://x/'}                              | must be a web address such as",
                "on_unit_submitted: {url: 'http://x/', timeout: 0}                 | must be between 0.001 and 3600, not \"0\"",
                "screening_data: true                                              | must be a list or a file, or false",
                "gold_data: 5                                                      | must be a list or a file, not \"5\"",
                "task_config: text                                                 | must be a map",
                "task_config: [1, 2]                                               | must be a map, not \"[1,2]\"",
                "gold_data: {q: 1}                                                 | must be a list or a file, not \"{\"q\":1}\"",
                "gold_data: [[1]]                                                  | must be an object of fields, not \"[1]\"",
                "qualifications: [{qualification_name: q, comparator: In, value: [[1]]}] | a list of them, not \"[1]\"",
                "static_task_data: data.csv                                        | must be a list, not \"data.csv\"",
            })
    void whatCannotBeIsReported(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml, SharedTaskState.empty()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mephisto.shared_state.")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{consent: 'yes', age: 3}              | true",
                "{consent: 'yes', age: '3', more: 1}   | true",
                "{outputs: {consent: 'yes', age: 3}}   | true",
                "{consent: 'yes', age: 4}              | false",
                "{consent: 'yes'}                      | false",
                "{consent: null, age: 3}               | false",
                "text                                  | false",
            })
    void expectedFieldsDecide(String submitted, boolean passed) {
        SharedTaskState state =
                read("validate_onboarding: {expect: {consent: 'yes', age: 3}}", SharedTaskState.empty());

        assertThat(state.validateOnboarding().test(JsonValue.of(yaml(submitted))))
                .isEqualTo(passed);
    }

    @Test
    void screeningAndGoldDataOfTheConfigurationAreListsAndTheirFunctionsJudge() {
        SharedTaskState state = read("""
                screening_data: [{q: 1}, {q: 2}]
                gold_data: [{q: 3, expect: {a: b}}]
                screen_unit: {expect: {answer: 1}}
                """, SharedTaskState.empty());

        assertThat(state.screeningData().orElseThrow().get()).containsExactly(yaml("{q: 1}"), yaml("{q: 2}"));
        assertThat(state.goldData().orElseThrow().get()).hasSize(1);
        assertThat(state.screenUnit().judge(UNIT, submitted("{answer: 1}"))).isEqualTo(Verdict.PASSED);
        assertThat(state.screenUnit().judge(UNIT, submitted("{answer: 2}"))).isEqualTo(Verdict.FAILED);
        assertThat(state.goldUnit()).isSameAs(SharedTaskState.JudgeUnit.NOBODY);
    }

    @Test
    void screeningDataThatAreFalseTakeThoseOfCodeAway() {
        SharedTaskState byCode =
                SharedTaskState.builder().screeningData(Stream::of).build();

        assertThat(read("screening_data: false", byCode).screeningData()).isEmpty();
        assertThat(read("{}", byCode).screeningData()).isPresent();
    }

    @Test
    void failureTextsAreByNameAndAnUnknownNameIsToldWithTheNearest() {
        Map<FailureReason, String> texts = read("failure_texts: {MAX_FOR_TASK: Genug!}", SharedTaskState.empty())
                .failureTexts();

        assertThat(texts).isEqualTo(Map.of(FailureReason.MAX_FOR_TASK, "Genug!"));
        assertThatThrownBy(() -> read("failure_texts: {MAX_FOR_TASKS: x}", SharedTaskState.empty()))
                .hasMessageContaining("MAX_FOR_TASKS")
                .hasMessageContaining("did you mean \"MAX_FOR_TASK\"");
    }

    @Test
    void aCsvFileHoldsWhatIsExpectedAsTheTextOfAnObject(@TempDir Path task) throws IOException {
        Files.writeString(task.resolve("gold.csv"), "q,expect\n2 + 2,\"{\"\"answer\"\": 4}\"\n");
        HookPlaces places = new HookPlaces(task, Optional.empty());

        List<JsonNode> items = new SharedStateReader(http)
                .read((ObjectNode) yaml("gold_data: gold.csv"), places, SharedTaskState.empty())
                .state()
                .goldData()
                .orElseThrow()
                .get()
                .toList();

        assertThat(items).containsExactly(Json.parse("{\"q\": \"2 + 2\", \"expect\": {\"answer\": 4}}"));
    }

    @Test
    void whatHasNoExpectedFieldsIsLeftToTheFunctionThatJudges(@TempDir Path task) throws IOException {
        Files.writeString(task.resolve("gold.csv"), "q,expect\n2 + 2,\"{\"\"answer\"\": 4}\"\nhow are you,\n");
        HookPlaces places = new HookPlaces(task, Optional.empty());
        Problems problems = new Problems();

        SharedStateReader.check((ObjectNode) yaml("gold_data: gold.csv"), places, problems);
        SharedStateReader.check((ObjectNode) yaml("gold_data: [{q: 1, expect: null}]"), places, problems);

        assertThat(problems.list()).isEmpty();
    }

    private static AgentState submitted(String yaml) {
        Submission submission = new Submission(JsonValue.of(yaml(yaml)), List.of(), Instant.EPOCH, false);
        return new AgentState(
                JsonValue.emptyObject(),
                List.of(),
                Optional.of(submission),
                Instant.EPOCH,
                Optional.empty(),
                JsonValue.emptyObject());
    }

    private SharedTaskState read(String yaml, SharedTaskState byCode) {
        HookPlaces places = new HookPlaces(Path.of("/task"), Optional.empty());
        return new SharedStateReader(http)
                .read((ObjectNode) yaml(yaml), places, byCode)
                .state();
    }

    private static JsonNode yaml(String text) {
        return YamlText.parse("test", text).root();
    }
}
