package org.mephisto.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.TaskBuilder;
import org.mephisto.spi.blueprint.TaskRunner;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.blueprint.UnitSession;
import org.mephisto.spi.blueprint.UnitTaskRunner;
import org.mephisto.spi.json.JsonValue;

/** The live side of simulated workers, against a blueprint that says everything back. */
@SuppressWarnings("NullAway.Init")
final class SimulatedPageTest {
    private TestRun run;
    private SimulatedAgent agent;
    private SimulatedPage page;

    @BeforeEach
    void openPage() throws IOException {
        run = TestRun.of(new EchoFactory()).start();
        agent = run.worker("ann").register();
        page = agent.openPage();
    }

    @AfterEach
    void leave() throws IOException {
        page.close();
        run.close();
    }

    @Test
    void aPageIsToldItsStatusAndGetsAnAnswer() {
        page.sendLiveUpdate(Map.of("text", "hello"));

        page.awaitStatus("in task");
        assertThat(page.awaitLiveUpdate().path("echo").path("text").asText()).isEqualTo("hello");
    }

    @Test
    void aHeartbeatIsAnsweredByThePagesClock() {
        JsonNode answer = page.heartbeat();

        assertThat(answer.path("data").path("last_mephisto_ping").asDouble())
                .isGreaterThan(System.currentTimeMillis() - 10_000.0);
    }

    @Test
    void aPageThatWasCutOffComesBackAsTheSameAgent() {
        page.sendLiveUpdate(Map.of("text", "before"));
        page.awaitLiveUpdate(update -> update.path("echo").path("text").asText().equals("before"));

        page.cut();
        page.reconnect();
        page.sendLiveUpdate(Map.of("text", "after"));

        assertThat(page.awaitLiveUpdate(
                        update -> update.path("echo").path("text").asText().equals("after")))
                .isNotEmpty();
    }

    @Test
    void onePickedOutLeavesTheOthers() {
        page.sendLiveUpdate(Map.of("text", "one"), 100);
        page.sendLiveUpdate(Map.of("text", "two"), 200);

        page.awaitLiveUpdate(update -> update.path("echo").path("text").asText().equals("two"));

        assertThat(page.hasLiveUpdate()).isTrue();
        assertThat(page.awaitLiveUpdate().path("echo").path("text").asText()).isEqualTo("one");
    }

    /** Sends every update back. */
    private static final class EchoFactory implements BlueprintFactory {
        @Override
        public String type() {
            return "echo";
        }

        @Override
        public Class<? extends Record> configType() {
            return NoOptions.class;
        }

        record NoOptions() {}

        @Override
        public Blueprint create(BlueprintContext context) {
            return new EchoBlueprint();
        }
    }

    private static final class EchoBlueprint implements Blueprint, UnitTaskRunner {
        @Override
        public TaskBuilder taskBuilder() {
            return EchoBlueprint::build;
        }

        private static void build(Path folder) throws IOException {
            Files.writeString(folder.resolve("index.html"), "<!doctype html><title>Echo</title>");
        }

        @Override
        public TaskRunner taskRunner() {
            return this;
        }

        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public Stream<AssignmentData> assignments() {
            return Stream.of(AssignmentData.single(Map.of()));
        }

        @Override
        public UnitOutcome runUnit(UnitSession session) throws InterruptedException {
            while (true) {
                JsonValue said = session.agent().act(Duration.ofMinutes(1)).data();
                session.agent().observe(JsonValue.of(Map.of("echo", said.node())));
            }
        }
    }
}
