package org.mephisto.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.testkit.SimulatedAgent;
import org.mephisto.testkit.SimulatedWorker;

/** The example that launches a task from a plain Java main, as its README says to start it. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
final class JavaExampleIT {
    @TempDir
    private Path home;

    @Test
    void aPlainMainLaunchesItsTaskAndHearsOfEverySubmission() throws Exception {
        Path distribution = Distribution.assembled().home();
        ProcessBuilder command = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                "lib/*",
                "examples/run-from-java/RunTask.java",
                "sums=2",
                "mephisto.architect.port=0",
                "mephisto.task.closing_time_in_seconds=0"));
        command.directory(distribution.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        command.environment().put("MEPHISTO_HOME", home.toString());
        command.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        Process main = command.start();
        try (BufferedReader out = main.inputReader()) {
            URI link = URI.create(out.readLine().replace("Open ", ""));
            SimulatedWorker worker = new SimulatedWorker(link, "ann");
            SimulatedAgent first = worker.register();
            first.submit(Map.of("sum", "2"));
            worker.register().submit(Map.of("sum", "six"));
            String rest = out.lines().collect(Collectors.joining("\n"));

            assertThat(first.initTaskData().path("left").asInt()).isEqualTo(1);
            assertThat(main.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(main.exitValue()).isZero();
            assertThat(rest).contains("says 2", "says six", "2 units are done.");
        } finally {
            main.destroy();
        }
    }
}
