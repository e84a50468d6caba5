package org.mephisto.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.config.compose.Tree;
import org.mephisto.spi.config.ConfigException;

/** The forms in which files, {@code defaults:}, profiles and overrides are written. */
final class ConfigLoaderTest {
    @TempDir
    Path folder;

    /** Written in the shape of a configuration for the original. */
    private void originalTask() throws IOException {
        write("hydra_configs/conf/base.yaml", """
                #@package _global_
                defaults:
                  - /mephisto/blueprint: static_task
                  - /mephisto/architect: local
                  - /mephisto/provider: mock
                mephisto:
                  blueprint:
                    data_csv: ${task_dir}/data.csv
                    task_source: ${task_dir}/page.html
                    units_per_assignment: 2
                  task:
                    task_name: reviews
                    task_title: "Rate a review"
                    task_description: "Read ${mephisto.task.task_name} and rate"
                    task_reward: 1
                    task_tags: "text,rating"
                  architect:
                    port: "3100"
                num_turns: 4
                """);
        write("hydra_configs/conf/example_local_mock.yaml", """
                #@package _global_
                defaults:
                  - base
                mephisto:
                  task:
                    maximum_units_per_worker: 3
                """);
        write("hydra_configs/conf/in_the_cloud.yaml", """
                #@package _global_
                defaults:
                  - base
                  - override /mephisto/architect: mock
                  - override /mephisto/provider: inhouse
                """);
        write("hydra_configs/profile/local_dev.yaml", """
                #@package _global_
                mephisto:
                  task:
                    task_name: reviews-dev
                """);
    }

    @Test
    void aConfigurationInTheOriginalsShapeLoads() throws IOException {
        originalTask();

        RunScriptConfig config = KnownPlugins.loader().load(folder, List.of());

        assertThat(config.taskDir()).isEqualTo(folder.toAbsolutePath());
        assertThat(config.mephisto().blueprint().type()).isEqualTo("static_task");
        assertThat(config.mephisto().task().taskReward()).isEqualTo(1.0);
        assertThat(config.mephisto().task().maximumUnitsPerWorker()).isEqualTo(3);
        assertThat(config.mephisto().task().taskDescription()).isEqualTo("Read reviews and rate");
        assertThat(config.mephisto().task().tags()).containsExactly("text", "rating");
        KnownPlugins.StaticTask blueprint = config.blueprint(KnownPlugins.StaticTask.class);
        assertThat(blueprint.dataCsv()).contains(folder.resolve("data.csv"));
        assertThat(blueprint.taskSource()).isEqualTo(folder.resolve("page.html"));
        assertThat(blueprint.unitsPerAssignment()).isEqualTo(2);
        assertThat(config.architect(KnownPlugins.Local.class).port()).isEqualTo(3100);
        assertThat(config.own().path("num_turns").asInt()).isEqualTo(4);
        assertThat(config.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "conf=in_the_cloud                       | mephisto.architect._architect_type  | mock",
                "+conf=in_the_cloud                      | mephisto.provider._provider_type    | inhouse",
                "+profile=local_dev                      | mephisto.task.task_name             | reviews-dev",
                "profile=local_dev                       | mephisto.task.task_description      | Read reviews-dev and rate",
                "mephisto/architect=mock                 | mephisto.architect._architect_type  | mock",
                "+mephisto/provider=inhouse              | mephisto.provider._provider_type    | inhouse",
                "mephisto/database=local                 | mephisto.database._database_type    | local",
                "mephisto.task.task_reward=0.5           | mephisto.task.task_reward           | 0.5",
                "+mephisto.task.allowed_concurrent=1     | mephisto.task.allowed_concurrent    | 1",
                "++mephisto.task.allowed_concurrent=2    | mephisto.task.allowed_concurrent    | 2",
                "mephisto.task.task_title=Rate: it # now | mephisto.task.task_title            | Rate: it # now",
                "mephisto.task.task_title='quoted text'  | mephisto.task.task_title            | quoted text",
                "num_tasks=7                             | num_tasks                           | 7",
                "labels=[good,bad]                       | labels[1]                           | bad",
                "size={width:3,height: 4}                | size.width                          | 3",
                "flag=yes                                | flag                                | true",
                "~mephisto.task.maximum_units_per_worker | mephisto.task.maximum_units_per_worker | 0",
                "mine=${mephisto.task.task_name}         | mine                                | reviews",
            })
    void anOverrideTakesEffect(String override, String path, String value) throws IOException {
        originalTask();

        RunScriptConfig config = KnownPlugins.loader().load(folder, List.of(override));

        assertThat(Tree.at(config.resolved(), path).asText()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mephisto.task.task_reward | is no override",
                "=3                        | is no override",
                "~mephisto.task.nothing    | no such key to remove",
                "conf=in_the_clud          | did you mean \"in_the_cloud\"",
                "+profile=local_dve        | did you mean \"local_dev\"",
                "mephisto/archtect=local   | did you mean \"mephisto/architect\"",
                "labels=[good              | not YAML",
                "mephisto.task.task_reward=abc | not \"abc\"",
            })
    void anOverrideThatCannotBeIsReported(String override, String message) throws IOException {
        originalTask();

        assertThatThrownBy(() -> KnownPlugins.loader().load(folder, List.of(override)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void taskYamlComesBeforeHydraConfigs() throws IOException {
        originalTask();
        write("task.yaml", KnownPlugins.TASK);

        RunScriptConfig config = KnownPlugins.loader().load(folder, List.of());

        assertThat(config.mephisto().taskName()).isEqualTo("labels");
    }

    @Test
    void theOnlyConfigurationNeedsNoName() throws IOException {
        write("hydra_configs/conf/mine.yml", KnownPlugins.TASK);

        RunScriptConfig config = KnownPlugins.loader().load(folder, List.of());

        assertThat(config.taskDir()).isEqualTo(folder);
    }

    @Test
    void severalConfigurationsWithoutAChoiceAreListed() throws IOException {
        write("hydra_configs/conf/one.yaml", KnownPlugins.TASK);
        write("hydra_configs/conf/two.yaml", KnownPlugins.TASK);

        assertThatThrownBy(() -> KnownPlugins.loader().load(folder, List.of()))
                .hasMessageContaining("conf=NAME")
                .hasMessageContaining("one, two");
    }

    @Test
    void aFileInHydraConfigsStandsForItsTaskFolder() throws IOException {
        originalTask();

        RunScriptConfig config =
                KnownPlugins.loader().load(folder.resolve("hydra_configs/conf/in_the_cloud.yaml"), List.of());

        assertThat(config.taskDir()).isEqualTo(folder);
        assertThat(config.mephisto().architect().type()).isEqualTo("mock");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"nowhere | no such file or folder", ". | neither a task.yaml nor"})
    void aPathWithoutConfigurationIsReported(String path, String message) {
        assertThatThrownBy(() -> KnownPlugins.loader().load(folder.resolve(path), List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void selfSaysWhereTheBodyStands() throws IOException {
        write("base.yaml", KnownPlugins.TASK + "tone: base\n");
        write("task.yaml", "defaults: [_self_, base]\ntone: own\n");
        write("last.yaml", "defaults: [base]\ntone: own\n");

        RunScriptConfig first = KnownPlugins.loader().load(folder.resolve("task.yaml"), List.of());
        RunScriptConfig last = KnownPlugins.loader().load(folder.resolve("last.yaml"), List.of());

        assertThat(first.own().path("tone").asText()).isEqualTo("base");
        assertThat(last.own().path("tone").asText()).isEqualTo("own");
    }

    @Test
    void defaultsThatGoRoundAreReported() throws IOException {
        write("task.yaml", "defaults: [other]\n" + KnownPlugins.TASK);
        write("other.yaml", "defaults: [task]\n");

        assertThatThrownBy(() -> KnownPlugins.loader().load(folder, List.of())).hasMessageContaining("circle");
    }

    @Test
    void aMissingDefaultIsReportedUnlessItIsOptional() throws IOException {
        write("task.yaml", "defaults: [optional extras, bsae]\n" + KnownPlugins.TASK);
        write("base.yaml", "a: 1\n");

        assertThatThrownBy(() -> KnownPlugins.loader().load(folder, List.of()))
                .hasMessageContaining("did you mean \"base\"")
                .hasMessageNotContaining("extras");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFile() throws IOException {
        write("task.yaml", "\uFEFF" + KnownPlugins.TASK);

        RunScriptConfig config = KnownPlugins.loader().load(folder, List.of());

        assertThat(config.mephisto().taskName()).isEqualTo("labels");
    }

    @Test
    void problemsNameFileAndLine() throws IOException {
        write("task.yaml", KnownPlugins.TASK + "  log_level: loud\n");

        assertThatThrownBy(() -> KnownPlugins.loader().load(folder, List.of()))
                .hasMessageContaining("mephisto.log_level (task.yaml:6): unknown level \"loud\"");
    }

    @Test
    void theEnvironmentIsReachable() throws IOException {
        write("task.yaml", KnownPlugins.TASK + "who: ${oc.env:WHO}\nwhere: ${oc.env:WHERE,'at home'}\n");

        RunScriptConfig config = KnownPlugins.loader(Map.of("WHO", "me")).load(folder, List.of());

        assertThat(config.own().toString()).isEqualTo("{\"who\":\"me\",\"where\":\"at home\"}");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
