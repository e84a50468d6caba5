package org.mephisto.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.config.bind.OptionDescription;
import org.mephisto.config.compose.PluginGroup;
import org.mephisto.logging.LogLevel;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.config.Option;
import org.mephisto.spi.config.Problem;

/** What is said of configurations that are wrong, and what users add of their own. */
final class ConfigReportTest {
    private static final Path FOLDER = Path.of("/tasks/labels");

    @Test
    void allProblemsOfAllGroupsAreReportedAtOnce() {
        ConfigException error = catchThrowableOfType(
                ConfigException.class,
                () -> KnownPlugins.loaded(
                        "mephisto/architect=lcoal",
                        "mephisto.task.task_reward=-1",
                        "mephisto.task.task_titel=x",
                        "mephisto.blueprint.units_per_assignment=two",
                        "mephisto.blueprint.task_source=???",
                        "mephisto.provider.port=80",
                        "mephisto.database.pool_size=1000",
                        "mephisto.log_levels={supervisr: debug}",
                        "mephisto.shared_state.qualifcations=[]",
                        "mephisto.task.task_tags=${mephisto.task.task_nmae}"));

        assertThat(error.problems())
                .extracting(problem -> problem.path().replaceAll(" .*", ""))
                .containsExactlyInAnyOrder(
                        "mephisto.architect._architect_type",
                        "mephisto.task.task_reward",
                        "mephisto.task.task_titel",
                        "mephisto.blueprint.units_per_assignment",
                        "mephisto.blueprint.task_source",
                        "mephisto.provider.port",
                        "mephisto.database.pool_size",
                        "mephisto.log_levels.supervisr",
                        "mephisto.shared_state.qualifcations",
                        "mephisto.task.task_tags");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mephisto/blueprint=static_tsak        | there is no blueprint \"static_tsak\"; did you mean \"static_task\"? Known are: static_task. \"mephisto plugins\"",
                "~mephisto.provider._provider_type     | no provider is chosen; write _provider_type with one of: inhouse, mock.",
                "mephisto.architect=local              | must be a group of keys, not \"local\"; write architect: {_architect_type: local}.",
                "mephisto.task.task_rewrd=1            | unknown key \"task_rewrd\"; did you mean \"task_reward\"?",
                "mephisto.blueprint.task_reward=1      | unknown key \"task_reward\"; it belongs under mephisto.task.",
                "mephisto.task.data_csv=x              | unknown key \"data_csv\"; it belongs under mephisto.blueprint.",
                "mephisto.taks.x=1                     | unknown key \"taks\"; did you mean \"task\"?",
                "~mephisto.task.task_title             | is missing; give it a value: text.",
                "mephisto.task.task_reward=cheap       | must be a number, not \"cheap\".",
                "mephisto.task.task_reward=10001       | must be between 0 and 10000, not \"10001\".",
                "mephisto.task.allowed_concurrent=-1   | must be at least 0, not \"-1\".",
                "mephisto.task.allowed_concurrent=1.5  | must be a whole number, not \"1.5\".",
                "mephisto.task.force_rebuild=perhaps   | must be true or false, not \"perhaps\".",
                "mephisto.architect.port=70000         | must be between 0 and 65535, not \"70000\".",
                "mephisto.task.task_title=[a]          | must be text, not \"[\"a\"]\".",
                "mephisto.task.task_title=${nope.x}    | refers to \"nope.x\", which is not set",
                "mephisto.task.task_title=${oc.env:NOPE} | refers to the environment variable \"NOPE\"",
                "mephisto.task.task_title=${mephisto.task.task_title} | goes round in a circle",
                "mephisto.database._database_type=mysq | there is no database \"mysq\"; did you mean \"mysql\"?",
                "mephisto.log_level=loud               | unknown level \"loud\"; known are: debug, error, info, trace, warn.",
                "num_tasks=-1                          | must be at least 0, not \"-1\".",
            })
    void aProblemSaysWhatIsWrongAndWhatToDo(String override, String message) {
        assertThatThrownBy(() -> KnownPlugins.loaded(override))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void referencesToEachOtherAreShownAsACircle() {
        assertThatThrownBy(() -> KnownPlugins.loaded("a=${b}", "b=x${c}", "c=${a}"))
                .hasMessageContaining("circle: a -> b -> c -> a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mine=${mephisto.task.submission_timeout}            | 600",
                "mine=${mephisto.${which}.task_name}                 | labels",
                "mine=in ${task_dir}/x                               | in /tasks/labels/x",
                "mine=\\${field}                                     | ${field}",
                "mine=${list[1]}                                     | b",
                "mine=${group.here}                                  | 1",
                "mine=${oc.select:nope,else}                         | else",
                "mine=${mephisto.blueprint.tips_location}            | /tasks/labels/assets/tips.csv",
            })
    void referencesAreResolved(String override, String value) {
        RunScriptConfig config =
                KnownPlugins.loaded("which=task", "list=[a,b]", "group={there: 1, here: '${.there}'}", override);

        assertThat(config.own().path("mine").asText()).isEqualTo(value);
    }

    @Test
    void aDefaultMayReferToAnotherOption() {
        RunScriptConfig config = KnownPlugins.loaded("mephisto/architect=ec2");

        assertThat(config.architect(KnownPlugins.Cloud.class).subdomain()).isEqualTo("labels");
    }

    @Test
    void anAbsentTaskNameIsTheBlueprintsTypeAndAWarning() {
        RunScriptConfig config = KnownPlugins.loaded("~mephisto.task.task_name", "mine=${mephisto.task.task_name}");

        assertThat(config.mephisto().taskName()).isEqualTo("static_task");
        assertThat(config.own().path("mine").asText()).isEqualTo("static_task");
        assertThat(config.warnings()).singleElement().asString().contains("task_name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "num_task=3       | did you mean \"num_tasks\"",
                "task_reward=3    | did you mean it below mephisto.task",
                "mephsito.task.task_reward=3 | did you mean \"mephisto\"",
                "mephisto.task.force_rebuild=true | force_rebuild is ignored",
                "mephisto.task.post_install_script=x.sh | post_install_script is ignored",
            })
    void whatIsOnlyOddIsAWarning(String override, String warning) {
        RunScriptConfig config = KnownPlugins.loaded(override);

        assertThat(config.warnings()).singleElement().asString().contains(warning);
    }

    @Test
    void secretsAreMaskedInWhatIsKeptAndNeverShown() {
        RunScriptConfig config = KnownPlugins.loaded(
                "mephisto/architect=ec2", "mephisto.architect.api_key=s3cret", "mephisto.database.password=s3cret");

        assertThat(config.architect(KnownPlugins.Cloud.class).apiKey()).contains("s3cret");
        assertThat(config.resolved().toString()).doesNotContain("s3cret").contains("\"password\":\"***\"");
        assertThatThrownBy(() -> KnownPlugins.loaded("mephisto.database.password=[s3cret]"))
                .hasMessageContaining("password")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void whatWasKeptIsReadAgainAsItWas() {
        RunScriptConfig before = KnownPlugins.loaded("mine=\\${field}", "num_tasks=9", "mephisto.database.password=x");

        RunScriptConfig after = KnownPlugins.loader().restore(before.resolved());

        assertThat(after.mephisto().task()).isEqualTo(before.mephisto().task());
        assertThat(after.mephisto().blueprint()).isEqualTo(before.mephisto().blueprint());
        assertThat(after.own()).isEqualTo(before.own());
        assertThat(after.taskDir()).isEqualTo(before.taskDir());
        assertThat(after.numTasks()).isEqualTo(9);
        assertThat(after.mephisto().database().password()).isEmpty();
    }

    record Turns(
            @Option(help = "How many.", defaultValue = "3", min = 1)
            int numTurns,

            Path notes,
            int numTasks) {}

    @Test
    void aScriptGetsItsOwnKeysAsARecord() {
        RunScriptConfig config = KnownPlugins.loaded("num_turns=4", "notes=notes.txt", "num_tasks=2");

        Turns turns = config.script(Turns.class);

        assertThat(turns).isEqualTo(new Turns(4, FOLDER.resolve("notes.txt"), 2));
    }

    @Test
    void aRegisteredScriptConfigIsCheckedWithTheRest(@org.junit.jupiter.api.io.TempDir Path folder)
            throws java.io.IOException {
        java.nio.file.Files.writeString(
                folder.resolve("task.yaml"), KnownPlugins.TASK + "nubmer: 1\nnotes: ${num_turns}.txt\nnum_turns: 0\n");
        ConfigLoader loader = KnownPlugins.loader();
        loader.registerScriptConfig("turns", Turns.class);

        ConfigException error = catchThrowableOfType(
                ConfigException.class, () -> loader.load(folder, List.of("mephisto.task.task_reward=x"), "turns"));
        RunScriptConfig right = loader.load(folder, List.of("~nubmer", "~num_turns"), "turns");

        assertThat(error.problems())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "nubmer (task.yaml:6)", "num_turns (task.yaml:8)", "mephisto.task.task_reward (command line)");
        assertThat(right.script(Turns.class).notes()).isEqualTo(folder.resolve("3.txt"));
        assertThatThrownBy(() -> loader.load(folder, List.of(), "trns")).hasMessageContaining("did you mean \"turns\"");
    }

    @Test
    void levelsOfPartsAreRead() {
        RunScriptConfig config =
                KnownPlugins.loaded("mephisto.log_levels={supervisor: debug, com.example.labels: trace}");

        assertThat(config.mephisto().logLevels())
                .containsEntry("supervisor", LogLevel.DEBUG)
                .containsEntry("com.example.labels", LogLevel.TRACE);
    }

    @Test
    void aTaskDirOfItsOwnMovesRelativePaths() {
        RunScriptConfig config = KnownPlugins.loaded("task_dir=inner", "mephisto.datapath=~/data");

        assertThat(config.taskDir()).isEqualTo(FOLDER.resolve("inner"));
        assertThat(config.blueprint(KnownPlugins.StaticTask.class).taskSource())
                .isEqualTo(FOLDER.resolve("inner/page.html"));
        assertThat(config.mephisto().datapath())
                .contains(Path.of(System.getProperty("user.home")).resolve("data"));
    }

    @Test
    void optionsOfATypeAreDescribed() {
        List<OptionDescription> options = KnownPlugins.loader().describe(PluginGroup.BLUEPRINT, "static_task");

        assertThat(options)
                .extracting(OptionDescription::key)
                .startsWith("block_qualification", "tips_location", "task_source")
                .contains("use_screening_task", "gold_qualification_base");
        assertThat(options.get(2).required()).isTrue();
        assertThatThrownBy(() -> KnownPlugins.loader().describe(PluginGroup.PROVIDER, "mok"))
                .hasMessageContaining("did you mean \"mock\"");
    }

    @Test
    void aFileWithoutTheMephistoGroupSaysWhatIsNeeded() {
        assertThatThrownBy(() -> KnownPlugins.loader().loadText("a: 1", FOLDER, List.of()))
                .hasMessageContaining("mephisto: is missing");
        ObjectNode own = KnownPlugins.loaded("a=1").own();
        assertThat(own.path("a").asInt()).isEqualTo(1);
    }
}
