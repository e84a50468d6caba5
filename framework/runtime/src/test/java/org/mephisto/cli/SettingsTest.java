package org.mephisto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.spi.json.Json;

/** {@code config}, {@code register}, {@code requesters}, {@code check}, {@code export}, {@code new}: what users keep and look up. */
final class SettingsTest extends CommandFixture {
    @Test
    void aSettingIsSetReadAndListed() {
        Outcome before = mephisto("config");
        Outcome set = mephisto("config", "core.main_data_directory", "/data/mephisto");

        Outcome read = mephisto("config", "core.main_data_directory");

        assertThat(before.out()).isEmpty();
        assertThat(before.err()).contains("core.main_data_directory");
        assertThat(set.exitCode()).isZero();
        assertThat(set.out()).isEmpty();
        assertThat(read.out()).isEqualTo("/data/mephisto" + System.lineSeparator());
        assertThat(mephisto("config").out()).contains("core.main_data_directory /data/mephisto");
        assertThat(home.resolve("config.yml")).content().contains("main_data_directory");
    }

    @ParameterizedTest
    @CsvSource({"core, 2, section.key", "core.nothing, 1, core.nothing", ".x, 2, section.key", "x., 2, section.key"})
    void aSettingThatIsNoneIsNamed(String setting, int exitCode, String words) {
        Outcome wrong = mephisto("config", setting);

        assertThat(wrong.exitCode()).isEqualTo(exitCode);
        assertThat(wrong.err()).startsWith("Error: ").contains(words);
    }

    @Test
    void theDataFolderOfTheSettingsIsUsed() {
        Path data = home.resolve("elsewhere");
        mephisto("config", "core.main_data_directory", data.toString());

        Outcome check = mephisto("check");

        assertThat(check.exitCode()).isZero();
        assertThat(check.out()).contains(data.toString(), "All is well.");
        assertThat(data.resolve("mephisto.db")).exists();
    }

    @Test
    void checkSaysWhatItFoundAndThatAPluginWasRefused() {
        assertThat(mephisto("check").out()).contains("Java", "1 loaded, 1 refused (see mephisto plugins)", "Database");
    }

    @Test
    void checkOfATaskTellsAllItsProblems() throws IOException {
        Path task = Files.writeString(home.resolve("task.yaml"), """
                mephisto:
                  blueprint: {_blueprint_type: labeling, times: 10}
                  architect: {_architect_type: lokal}
                  task: {task_title: x, task_rewad: 1}
                """);

        Outcome check = mephisto("check", task.toString());

        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.out()).doesNotContain("All is well.");
        assertThat(check.err())
                .contains(
                        "mephisto.blueprint.times",
                        "mephisto.blueprint.sentence",
                        "lokal",
                        "task_rewad",
                        "task_reward");
    }

    @Test
    void aRequesterIsRegisteredChangedAndListedWithoutItsSecrets() {
        Outcome none = mephisto("requesters");
        Outcome registered = mephisto("register", "nobody", "name=our-lab", "api_key=s3cret");
        mephisto("register", "nobody", "name=our-lab", "api_key=s3cret2");

        Outcome listed = mephisto("requesters");
        Outcome json = mephisto("requesters", "--json");

        assertThat(none.out()).contains("No requester is registered yet", "mephisto register");
        assertThat(registered.exitCode()).as(registered.err()).isZero();
        assertThat(registered.out()).contains("\"our-lab\"").doesNotContain("s3cret");
        assertThat(listed.out()).containsPattern("our-lab +nobody").doesNotContain("s3cret");
        assertThat(Json.parse(json.out())).hasSize(1);
        assertThat(Json.parse(json.out()).at("/0/name").asText()).isEqualTo("our-lab");
        assertThat(json.out()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "nobdy name=a api_key=b, 'Did you mean \"nobody\"?'",
        "nobody api_key=b, name=",
        "nobody name=a, api_key",
        "nobody name=a api_ky=b, 'Did you mean \"api_key\"?'",
        "nobody name, key=value"
    })
    void aRequesterThatCannotBeRegisteredIsToldWhy(String arguments, String words) {
        Outcome wrong = mephisto(("register " + arguments).split(" "));

        assertThat(wrong.exitCode()).isNotZero();
        assertThat(wrong.err()).startsWith("Error: ").contains(words);
        assertThat(mephisto("requesters", "--json").out().strip()).isEqualTo("[]");
    }

    @Test
    void registerAloneListsTheTypes() {
        assertThat(mephisto("register").out()).contains("nobody", "mephisto wut requester=TYPE");
    }

    @Test
    void anUnknownTaskIsNotExportedAndSaysSo() {
        Outcome wrong = mephisto("export", "nothing");

        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).contains("\"nothing\"", "No task has been launched");
    }

    @Test
    void otherSettingsThanTheDatabasesAreRefused() {
        Outcome wrong = mephisto("export", "x", "mephisto.task.task_name=y");

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("mephisto.task.task_name=y", "mephisto.datapath");
    }

    @ParameterizedTest
    @CsvSource({"My Task", "9lives", "a--b", "../escape"})
    void aBlueprintIsNotNamedLikeThat(String name) {
        Outcome wrong = mephisto("new", "blueprint", name, home.resolve("new").toString());

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("\"" + name + "\"", "my-task");
        assertThat(home.resolve("new")).doesNotExist();
    }
}
