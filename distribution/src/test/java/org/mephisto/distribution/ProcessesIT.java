package org.mephisto.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.testkit.SimulatedWorker;

/** What processes do to each other. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
final class ProcessesIT {
    @TempDir
    private Path home;

    private MephistoProcess.Builder mephisto() throws Exception {
        return MephistoProcess.of(Distribution.assembled(), home);
    }

    @Test
    void twoRunsOfOneInstallationShareADataFolder() throws Exception {
        Path first = TaskFolder.questions(home.resolve("first"), "first", 20);
        Path second = TaskFolder.questions(home.resolve("second"), "second", 20);
        try (MephistoProcess one = mephisto().start("run", first.toString());
                MephistoProcess two = mephisto().start("run", second.toString())) {
            SimulatedWorker atFirst = new SimulatedWorker(one.link(), "ann");
            SimulatedWorker atSecond = new SimulatedWorker(two.link(), "ann");

            for (int i = 0; i < 20; i++) {
                atFirst.register().submit(Map.of("answer", "first " + i));
                atSecond.register().submit(Map.of("answer", "second " + i));
            }

            assertThat(one.awaitExit()).as(one.err()).isZero();
            assertThat(two.awaitExit()).as(two.err()).isZero();
            assertThat(one.err() + two.err()).doesNotContain("WARN", "ERROR");
        }
        for (String task : List.of("first", "second")) {
            assertThat(mephisto().result("export", task).lines())
                    .hasSize(20)
                    .allMatch(row -> row.contains("\"answer\":\"" + task + " "));
        }
    }

    @Test
    void aPortInUseIsNamedAndNothingIsLeftBehind() throws Exception {
        Path task = TaskFolder.questions(home.resolve("task"), "questions", 2);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            try (MephistoProcess run = mephisto().start("run", task.toString(), "mephisto.architect.port=" + port)) {

                int code = run.awaitExit();

                assertThat(code).isEqualTo(1);
                assertThat(run.err())
                        .contains("Error: ")
                        .contains(port)
                        .contains("mephisto.architect.port")
                        .doesNotContain("Exception", "\tat ");
                assertThat(run.out()).isEmpty();
            }
        }
        assertThat(mephisto().result("export", "questions")).isEmpty();
        assertThat(files(home.resolve("data"))).noneMatch(file -> file.endsWith("index.html"));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.toList();
        }
    }
}
