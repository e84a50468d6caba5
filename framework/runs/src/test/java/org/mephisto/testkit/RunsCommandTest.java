package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mephisto.cli.MephistoCli;
import org.mephisto.operator.RunEnd;
import org.mephisto.spi.json.Json;

/** {@code mephisto runs}, as it is typed, with a run that goes on. */
@Timeout(60)
final class RunsCommandTest {
    private record Outcome(int exitCode, String out, String err) {}

    private static Outcome runs(TestRun run, String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] command = new String[words.length + 1];
        command[0] = "runs";
        System.arraycopy(words, 0, command, 1, words.length);
        int exitCode = MephistoCli.run(
                new PrintWriter(out),
                new PrintWriter(err),
                Map.of("MEPHISTO_HOME", run.home().toString()),
                command);
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    @Test
    void aRunIsListedShownChangedPausedAndStopped() throws Exception {
        try (TestRun run = TestRun.of(new CountingBlueprintFactory()).start()) {
            Outcome list = runs(run, "list");
            Outcome set = runs(run, "set", "test-counting", "allowed_concurrent=1");
            Outcome paused = runs(run, "pause", "1");
            Outcome shown = runs(run, "show", "1", "--json");
            Outcome resumed = runs(run, "resume", "1");
            Outcome stopped = runs(run, "stop", "1");

            assertThat(list.out()).contains("test-counting");
            assertThat(set.exitCode()).as(set.err()).isZero();
            assertThat(paused.exitCode()).as(paused.err()).isZero();
            assertThat(Json.parse(shown.out()).path("state").asText()).isEqualTo("paused");
            assertThat(Json.parse(shown.out())
                            .at("/settings/allowed_concurrent")
                            .asInt())
                    .isEqualTo(1);
            assertThat(resumed.exitCode()).as(resumed.err()).isZero();
            assertThat(stopped.exitCode()).as(stopped.err()).isZero();
            assertThat(run.awaitEnd()).isEqualTo(RunEnd.STOPPED);
        }
    }

    @Test
    void whatIsNoSettingAndARunThatIsNotThereAreNamed() throws Exception {
        try (TestRun run = TestRun.of(new CountingBlueprintFactory()).start()) {
            Outcome noSetting = runs(run, "set", "1", "allowed_concurrent");
            Outcome outOfRange = runs(run, "set", "1", "allowed_concurrent=-1");
            Outcome nowhere = runs(run, "stop", "77");

            assertThat(noSetting.exitCode()).isEqualTo(2);
            assertThat(noSetting.err()).contains("\"allowed_concurrent\" is not KEY=VALUE");
            assertThat(outOfRange.exitCode()).isNotZero();
            assertThat(outOfRange.err()).contains("mephisto.task.allowed_concurrent");
            assertThat(nowhere.exitCode()).isNotZero();
            assertThat(nowhere.err()).contains("No run \"77\"");
        }
    }
}
