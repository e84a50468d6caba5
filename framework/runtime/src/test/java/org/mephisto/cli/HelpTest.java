package org.mephisto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the help teaches, and what is said to those who mistype. */
final class HelpTest extends CommandFixture {
    private static final List<String> COMMANDS = List.of(
            "run",
            "export",
            "agreement",
            "check",
            "config",
            "register",
            "requesters",
            "runs",
            "qualifications",
            "why",
            "wut",
            "plugins",
            "new",
            "router");

    @Test
    void withoutACommandThereIsAnOverviewThatSaysHowToBegin() {
        Outcome overview = mephisto();

        assertThat(overview.exitCode()).isZero();
        assertThat(overview.err()).isEmpty();
        assertThat(overview.out()).contains("To begin:", "mephisto run ", "mephisto export ", "--help");
        assertThat(overview.out()
                        .lines()
                        .filter(line -> line.matches("  [a-z]+  .*"))
                        .map(line -> line.strip().split(" ")[0]))
                .containsExactlyElementsOf(COMMANDS);
        assertThat(mephisto("--help")).isEqualTo(overview);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "export",
                "agreement",
                "check",
                "config",
                "register",
                "requesters",
                "runs",
                "runs list",
                "runs show",
                "runs set",
                "runs pause",
                "runs resume",
                "runs stop",
                "qualifications",
                "qualifications list",
                "qualifications show",
                "qualifications create",
                "qualifications grant",
                "qualifications revoke",
                "qualifications delete",
                "qualifications block",
                "qualifications unblock",
                "why",
                "wut",
                "plugins",
                "new",
                "new blueprint",
                "router"
            })
    void theHelpOfEachCommandSaysWhatItDoesAndShowsIt(String command) {
        String[] words = (command + " --help").split(" ");

        Outcome help = mephisto(words);

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).startsWith("Usage: mephisto " + command);
        assertThat(help.out().lines().skip(1)).anyMatch(line -> line.matches("[A-Z][a-z].* .*"));
        String last = help.out().substring(help.out().lastIndexOf("Show stack traces"));
        assertThat(last).containsPattern("\n(Examples?|Then):\n +(mephisto|cd) ");
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "run --version", "new blueprint -V"})
    void theVersionIsToldEverywhere(String command) {
        assertThat(mephisto(command.split(" ")).out()).startsWith("mephisto ").contains(" on Java ");
    }

    @Test
    void aMistypedCommandIsCorrected() {
        Outcome wrong = mephisto("exprt");

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).startsWith("Error: ").contains("exprt", "mephisto export");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "export", "new blueprint"})
    void whatIsMissingIsNamedBeforeHowItIsCalled(String command) {
        Outcome wrong = mephisto(command.split(" "));

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err())
                .startsWith("Error: Missing required parameter")
                .contains("Usage: mephisto " + command, "mephisto " + command + " --help says more.");
        assertThat(wrong.err().lines()).hasSizeLessThan(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plugins --jsn", "export x --format xml", "wut --nonsense", "check --json"})
    void optionsThatDoNotExistAreUsageErrors(String command) {
        Outcome wrong = mephisto(command.split(" "));

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).startsWith("Error: ").doesNotContain("Exception");
        String[] words = command.split(" ");
        assertThat(Arrays.stream(words)).anyMatch(word -> wrong.err().contains(word));
    }

    @Test
    void anInstallationWithoutPluginsFolderSaysWhatToStart() {
        System.setProperty(PROPERTY, home.toString());
        try {
            Outcome outcome = mephisto("plugins");

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err()).contains(home.resolve("plugins").toString(), "bin/mephisto");
        } finally {
            System.setProperty(PROPERTY, installation.toString());
        }
    }

    @Test
    void stackTracesAreForThoseWhoAsk() {
        String nowhere = home.resolve("nowhere").toString();

        Outcome plain = mephisto("run", nowhere);
        Outcome verbose = mephisto("run", nowhere, "--verbose");

        assertThat(plain.exitCode()).isEqualTo(2);
        assertThat(plain.err()).contains(nowhere).doesNotContain("\tat ", "Exception");
        assertThat(verbose.exitCode()).isEqualTo(2);
        assertThat(verbose.err()).contains(nowhere, "\tat ", "ConfigException");
    }
}
