package org.mephisto.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mephisto.spi.blueprint.Agent;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.TaskBuilder;
import org.mephisto.spi.blueprint.TaskRunner;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.blueprint.UnitSession;
import org.mephisto.spi.blueprint.UnitTaskRunner;
import org.mephisto.spi.config.Option;
import org.mephisto.spi.json.JsonValue;

/**
 * The blueprint {@code bench_echo}: answers each live update with {@code {"echo": it}} for as long as the worker stays. It names no
 * {@code update_id}, as blueprints seldom do, so that the framework adds one. The answer is put together as text: what a blueprint does
 * with JSON trees is its own time and not the framework's.
 */
final class EchoBlueprintFactory implements BlueprintFactory {
    static final String TYPE = "bench_echo";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Class<? extends Record> configType() {
        return Config.class;
    }

    @Override
    public Blueprint create(BlueprintContext context) {
        return new EchoBlueprint(context.config(Config.class).units());
    }

    record Config(
            @Option(help = "How many workers can come.", min = 1)
            int units) {}

    private record EchoBlueprint(int units) implements Blueprint, UnitTaskRunner {
        private static final Duration NEVER = Duration.ofDays(1);

        @Override
        public TaskBuilder taskBuilder() {
            return EchoBlueprint::writePage;
        }

        private static void writePage(Path folder) throws IOException {
            Files.writeString(folder.resolve("index.html"), "<!doctype html><title>Echo</title><p>Nobody looks.");
        }

        @Override
        public Stream<AssignmentData> assignments() {
            return IntStream.range(0, units).mapToObj(number -> AssignmentData.single(Map.of("number", number)));
        }

        @Override
        public TaskRunner taskRunner() {
            return this;
        }

        @Override
        public boolean isLive() {
            return true;
        }

        /** Ends by the signal that the worker is gone. */
        @Override
        public UnitOutcome runUnit(UnitSession session) throws InterruptedException {
            Agent agent = session.agent();
            while (true) {
                String said = agent.act(NEVER).data().text();
                agent.observe(JsonValue.ofText("{\"echo\":" + said + "}"));
            }
        }
    }
}
