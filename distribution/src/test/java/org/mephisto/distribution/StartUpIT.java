package org.mephisto.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.testkit.SimulatedWorker;

/** How long a warm start takes to its first served page; printed and not judged, for machines differ. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
final class StartUpIT {
    @TempDir
    private Path home;

    @Test
    void aWarmStartServesItsPage() throws Exception {
        Path task = TaskFolder.questions(home.resolve("task"), "questions", 10);
        MephistoProcess.Builder asUsersStartIt =
                MephistoProcess.of(Distribution.assembled(), home).withoutEnvironment("MEPHISTO_JAVA_OPTS");
        long[] millis = new long[3];
        for (int i = 0; i < millis.length; i++) {
            Instant start = Instant.now();
            try (MephistoProcess run = asUsersStartIt.start("run", task.toString())) {
                int status =
                        new SimulatedWorker(run.link(), "ann").get("index.html").status();
                millis[i] = Duration.between(start, Instant.now()).toMillis();
                assertThat(status).isEqualTo(200);
                run.interrupt();
                assertThat(run.awaitExit()).as(run.err()).isZero();
            }
        }
        System.out.println("Start to first served page, ms: " + Arrays.toString(millis));
    }
}
