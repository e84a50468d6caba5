package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mephisto.spi.config.ConfigException;

/** Methods of a real Hooks.java in a real run. */
@Timeout(120)
final class HookRunTest {
    @TempDir
    private Path task;

    @Test
    void methodsDecideWhoWorksAndAreToldOfWhatIsDone() throws Exception {
        Path told = task.resolve("told.txt");
        hooks("""
                public boolean allow(Worker worker) {
                    return !worker.name().equals("bob");
                }

                public void note(Unit unit, JsonNode data) throws Exception {
                    java.nio.file.Files.writeString(java.nio.file.Path.of("%s"), unit.index() + " " + data.path("label").asText());
                }
                """.formatted(told));
        try (TestRun run = run().stateOption("worker_can_do_unit", Map.of("java", "allow"))
                .stateOption("on_unit_submitted", Map.of("java", "note"))
                .blueprintOption("assignments", 1)
                .start()) {

            SimulatedAgent bob = run.worker("bob").register();
            run.worker("ann").register().submit(Map.of("label", "good"));
            run.awaitEnd();

            assertThat(bob.failureCode()).contains("NO_AVAILABLE_UNITS");
            assertThat(told).content().isEqualTo("0 good");
        }
    }

    @Test
    void aSlowMethodRefusesItsOwnWorkerOnly() throws Exception {
        hooks("""
                private final java.util.concurrent.CountDownLatch never = new java.util.concurrent.CountDownLatch(1);

                public boolean allow(Worker worker) throws InterruptedException {
                    if (worker.name().equals("slow")) {
                        never.await();
                    }
                    return true;
                }
                """);
        try (TestRun run = run().stateOption("worker_can_do_unit", Map.of("java", "allow", "timeout", 0.2))
                        .blueprintOption("assignments", 2)
                        .start();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<SimulatedAgent> slow =
                    threads.submit(() -> run.worker("slow").register());

            SimulatedAgent quick = run.worker("quick").register();

            assertThat(quick.hasUnit()).isTrue();
            assertThat(slow.get().failureCode()).contains("NO_AVAILABLE_UNITS");
            assertThat(run.worker("slow").register().failureCode()).contains("NO_AVAILABLE_UNITS");
            assertThat(run.worker("other").register().hasUnit()).isTrue();
        }
    }

    @Test
    void aMethodThatReturnsNullDecidesNothing() throws Exception {
        hooks("public Boolean careful() { return null; }");
        try (TestRun run = run().stateOption("attention_checks", List.of(Map.of("java", "careful")))
                .blueprintOption("assignments", 1)
                .start()) {

            run.worker("ann").register().submit(Map.of("label", "good"));
            run.awaitEnd();

            assertThat(run.rows().getFirst().path("flags").path(0).asText())
                    .contains("could not be made", "careful of Hooks.java returned null");
        }
    }

    @Test
    void aMethodThatThrowsAfterASubmissionHarmsNothing() throws Exception {
        hooks("public void note() { throw new IllegalStateException(\"disk full\"); }");
        try (TestRun run = run().stateOption("on_unit_submitted", Map.of("java", "note"))
                .blueprintOption("assignments", 1)
                .start()) {

            run.worker("ann").register().submit(Map.of("label", "good"));
            run.awaitEnd();

            assertThat(run.rows().getFirst().path("status").asText()).isEqualTo("completed");
        }
    }

    @Test
    void hooksAreClosedOnceWhenTheRunHasEndedAndAfterTheLastOfTheirCalls() throws Exception {
        Path told = closeableHooks();
        try (TestRun run = run().stateOption("on_unit_submitted", Map.of("java", "note"))
                .blueprintOption("assignments", 1)
                .start()) {

            run.worker("ann").register().submit(Map.of("label", "good"));
            run.awaitEnd();

            assertThat(told).content().isEqualTo("note close ");
        }
        assertThat(told).content().isEqualTo("note close ");
    }

    @Test
    void hooksOfARunThatCouldNotBeLaunchedAreClosedToo() throws Exception {
        Path told = closeableHooks();

        assertThatThrownBy(() -> run().stateOption("on_unit_submitted", Map.of("java", "note"))
                        .provider(new HoldingProviderFactory(), Map.of("requester_name", "nobody"))
                        .start())
                .hasMessageContaining("nobody");

        assertThat(told).content().isEqualTo("close ");
    }

    /** They write down what happens to them. */
    private Path closeableHooks() throws IOException {
        Path told = task.resolve("told.txt");
        Files.writeString(task.resolve("Hooks.java"), """
                import java.io.IOException;
                import java.nio.file.*;

                public class Hooks implements AutoCloseable {
                    public void note() throws IOException {
                        write("note ");
                    }

                    @Override
                    public void close() throws IOException {
                        write("close ");
                    }

                    private static void write(String word) throws IOException {
                        Files.writeString(Path.of("%s"), word, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                    }
                }
                """.formatted(told));
        return told;
    }

    @Test
    void nothingIsLaunchedWithHooksThatDoNotCompile() throws IOException {
        hooks("public boolean allow(Worker worker) { return worker.nam().isEmpty(); }");

        assertThatThrownBy(() -> run().stateOption("worker_can_do_unit", Map.of("java", "allow"))
                        .start())
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("Hooks.java:4", "cannot find symbol", "worker.nam()", "^");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() throws IOException {
        hooks("public boolean alow(Worker worker) { return true; } public int note() { return 1; }");

        assertThatThrownBy(() -> run().stateOption("worker_can_do_unit", Map.of("java", "allow"))
                        .stateOption("validate_onboarding", Map.of("java", "note"))
                        .stateOption("on_unit_submitted", Map.of("java", "note", "url", "http://localhost"))
                        .start())
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "mephisto.shared_state.worker_can_do_unit.java",
                        "did you mean \"alow\"?",
                        "mephisto.shared_state.validate_onboarding.java",
                        "public boolean note(JsonValue data)",
                        "exactly one of url, java");
    }

    private TestRun.Builder run() {
        return TestRun.of(new CountingBlueprintFactory()).taskDirectory(task);
    }

    private void hooks(String members) throws IOException {
        Files.writeString(
                task.resolve("Hooks.java"),
                "import com.fasterxml.jackson.databind.JsonNode;\nimport org.mephisto.spi.model.*;\npublic class Hooks {\n"
                        + members + "\n}\n");
    }
}
