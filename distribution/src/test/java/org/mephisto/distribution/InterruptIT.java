package org.mephisto.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.json.Json;
import org.mephisto.testkit.SimulatedAgent;
import org.mephisto.testkit.SimulatedWorker;

/** Ctrl-C: once lets people finish, twice ends at once. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
final class InterruptIT {
    @TempDir
    private Path home;

    private MephistoProcess run() throws Exception {
        Path task = TaskFolder.questions(home.resolve("task"), "questions", 3);
        return MephistoProcess.of(Distribution.assembled(), home)
                .start("run", task.toString(), "--json", "mephisto.task.closing_time_in_seconds=10");
    }

    private static SimulatedWorker worker(MephistoProcess run, String name) throws InterruptedException {
        return new SimulatedWorker(run.link(), name);
    }

    @Test
    void onceEndsARunOnWhichNobodyWorks() throws Exception {
        try (MephistoProcess run = run()) {
            run.link();

            run.interrupt();

            assertThat(run.awaitExit()).as(run.err()).isZero();
            assertThat(Json.parse(run.out()).path("end").asText()).isEqualTo("stopped");
            assertThat(Json.parse(run.out()).path("expired").asInt()).isEqualTo(3);
            assertThat(Json.parse(run.out()).path("seconds").asInt()).isLessThan(10);
        }
    }

    @Test
    void onceWaitsForThoseAtWorkAndHandsOutNothingMore() throws Exception {
        try (MephistoProcess run = run()) {
            SimulatedAgent atWork = worker(run, "ann").register();

            run.interruptWork();
            SimulatedAgent late = worker(run, "bob").register();
            atWork.submit(Map.of("answer", "done"));
            run.interrupt();

            assertThat(late.failureCode()).contains("NO_AVAILABLE_UNITS");
            assertThat(run.awaitExit()).as(run.err()).isZero();
            assertThat(Json.parse(run.out()).path("completed").asInt()).isEqualTo(1);
            assertThat(Json.parse(run.out()).path("expired").asInt()).isEqualTo(2);
        }
    }

    @Test
    void twiceEndsAtOnceAndTellsThoseAtWork() throws Exception {
        try (MephistoProcess run = run();
                PageSocket socket = PageSocket.open(
                        URI.create(run.link().toString()),
                        worker(run, "ann").register().agentId())) {
            run.interruptTwice();

            assertThat(socket.awaitStatus()).isEqualTo("disconnect");
            assertThat(run.awaitExit()).as(run.err()).isZero();
            assertThat(Json.parse(run.out()).path("completed").asInt()).isZero();
        }
    }
}
