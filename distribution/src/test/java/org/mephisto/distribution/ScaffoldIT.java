package org.mephisto.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.testkit.SimulatedWorker;

/** A blueprint of one's own, as the docs tell it: scaffold, build with its tests, drop the jar into plugins, run. */
@Timeout(300)
@SuppressWarnings("NullAway.Init")
final class ScaffoldIT {
    @TempDir
    private Path folder;

    @Test
    void aScaffoldedBlueprintBuildsAndRunsToItsLastUnit() throws Exception {
        Distribution mephisto = Distribution.assembled().copyTo(folder.resolve("mephisto"));
        Path project = folder.resolve("my-task");
        Path home = folder.resolve("home");
        try (MephistoProcess scaffold =
                MephistoProcess.of(mephisto, home).start("new", "blueprint", "my-task", project.toString())) {
            assertThat(scaffold.awaitExit()).as(scaffold.err()).isZero();
        }

        build(project);
        Files.copy(jar(project), mephisto.plugins().resolve("my-task.jar"));

        try (MephistoProcess wut = MephistoProcess.of(mephisto, home).start("wut", "blueprint=my-task")) {
            assertThat(wut.awaitExit()).as(wut.err()).isZero();
            assertThat(wut.out()).contains("sentences", "units_per_assignment", "default 1");
        }
        try (MephistoProcess run = MephistoProcess.of(mephisto, home)
                .start(
                        "run",
                        project.resolve("task.yaml").toString(),
                        "mephisto.architect.port=0",
                        "mephisto.task.closing_time_in_seconds=0")) {
            SimulatedWorker worker = new SimulatedWorker(run.link().resolve("/"), "ann");
            worker.register().submit(Map.of("label", "praise"));
            worker.register().submit(Map.of("label", "complaint"));
            assertThat(run.awaitExit()).as(run.err()).isZero();
        }
        try (MephistoProcess export = MephistoProcess.of(mephisto, home).start("export", "my-task")) {
            assertThat(export.awaitExit()).as(export.err()).isZero();
            assertThat(export.out().lines()).hasSize(2).allMatch(row -> row.contains("\"status\":\"completed\""));
        }
    }

    private void build(Path project) throws IOException, InterruptedException {
        File log = folder.resolve("build.log").toFile();
        ProcessBuilder command = new ProcessBuilder(List.of("mvn", "--batch-mode", "package"))
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log);
        // Its own compiler and the JVM of its tests end before the second compiler's work would pay.
        command.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        Process maven = command.start();
        assertThat(maven.waitFor(240, TimeUnit.SECONDS))
                .as("mvn package ends in time")
                .isTrue();
        assertThat(maven.exitValue()).as(Files.readString(log.toPath())).isZero();
    }

    private static Path jar(Path project) throws IOException {
        try (Stream<Path> built = Files.list(project.resolve("target"))) {
            return built.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
