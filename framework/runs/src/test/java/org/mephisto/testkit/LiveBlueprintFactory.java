package org.mephisto.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mephisto.spi.blueprint.AgentState;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.AssignmentSession;
import org.mephisto.spi.blueprint.AssignmentTaskRunner;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.LiveUpdate;
import org.mephisto.spi.blueprint.TaskBuilder;
import org.mephisto.spi.blueprint.TaskRunner;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.blueprint.UnitSession;
import org.mephisto.spi.blueprint.UnitTaskRunner;
import org.mephisto.spi.config.Option;
import org.mephisto.spi.json.JsonValue;

/** The blueprint {@code live}, whose code is the test's. A page that comes back gets all that has passed as {@code past_live_updates}. */
final class LiveBlueprintFactory implements BlueprintFactory {
    private final TaskRunner runner;
    private final int units;

    private LiveBlueprintFactory(TaskRunner runner, int units) {
        this.runner = runner;
        this.units = units;
    }

    /** Code for one worker. */
    interface Alone {
        UnitOutcome run(UnitSession session) throws InterruptedException;
    }

    /** Code for several. */
    interface Together {
        UnitOutcome run(AssignmentSession session) throws InterruptedException;
    }

    static LiveBlueprintFactory alone(Alone code) {
        return new LiveBlueprintFactory(new AloneRunner(code), 1);
    }

    static LiveBlueprintFactory together(int units, Together code) {
        return new LiveBlueprintFactory(new TogetherRunner(code), units);
    }

    /** Says back whatever the page says, and then takes the submission. */
    static UnitOutcome echo(UnitSession session) throws InterruptedException {
        while (true) {
            JsonValue said = session.agent().act(Duration.ofSeconds(30)).data();
            String text = said.string("text").orElse("");
            session.agent().observe(JsonValue.of(Map.of("echo", text)));
            if (text.equals("enough")) {
                session.awaitSubmit();
                return UnitOutcome.completed();
            }
        }
    }

    @Override
    public String type() {
        return "live";
    }

    @Override
    public Class<? extends Record> configType() {
        return Config.class;
    }

    record Config(
            @Option(help = "How many assignments.", defaultValue = "2")
            int assignments) {}

    @Override
    public Blueprint create(BlueprintContext context) {
        int assignments = context.config(Config.class).assignments();
        return new Blueprint() {
            @Override
            public TaskBuilder taskBuilder() {
                return LiveBlueprintFactory::build;
            }

            @Override
            public TaskRunner taskRunner() {
                return runner;
            }

            @Override
            public Stream<AssignmentData> assignments() {
                return IntStream.range(0, assignments)
                        .mapToObj(i -> AssignmentData.of(
                                JsonValue.of(Map.of("number", i)).node(), units));
            }
        };
    }

    private static void build(Path folder) throws java.io.IOException {
        Files.writeString(folder.resolve("index.html"), "<!doctype html><title>Live</title><p>Talk.");
    }

    private static JsonValue withPast(AgentState state) {
        return JsonValue.of(Map.of(
                "past_live_updates",
                state.updates().stream()
                        .map(LiveUpdate::data)
                        .map(JsonValue::node)
                        .toList()));
    }

    private record AloneRunner(Alone code) implements UnitTaskRunner {
        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public JsonValue initDataOnReturn(AgentState state) {
            return withPast(state);
        }

        @Override
        public UnitOutcome runUnit(UnitSession session) throws InterruptedException {
            return code.run(session);
        }
    }

    private record TogetherRunner(Together code) implements AssignmentTaskRunner {
        @Override
        public JsonValue initDataOnReturn(AgentState state) {
            return withPast(state);
        }

        @Override
        public UnitOutcome runAssignment(AssignmentSession session) throws InterruptedException {
            return code.run(session);
        }
    }
}
