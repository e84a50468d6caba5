package org.mephisto.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.GoldArgs;
import org.mephisto.spi.blueprint.OnboardingArgs;
import org.mephisto.spi.blueprint.OnboardsWorkers;
import org.mephisto.spi.blueprint.ScreeningArgs;
import org.mephisto.spi.blueprint.ScreensWorkers;
import org.mephisto.spi.blueprint.TaskBuilder;
import org.mephisto.spi.blueprint.TaskRunner;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.blueprint.UnitSession;
import org.mephisto.spi.blueprint.UnitTaskRunner;
import org.mephisto.spi.blueprint.UsesGoldUnits;
import org.mephisto.spi.config.Mixin;
import org.mephisto.spi.config.Option;
import org.mephisto.spi.json.Json;

/**
 * The blueprint {@code counting}, for tests of everything but blueprints: {@code assignments} numbered assignments ({@code 0}: no end)
 * of {@code units} units each. Flags a submission whose {@code label} is {@code bad}; fails at {@code throw}; with {@code fail_after} its
 * source breaks. Onboards, screens and uses gold units where its options say so.
 */
public final class CountingBlueprintFactory implements BlueprintFactory {
    @Override
    public String type() {
        return "counting";
    }

    @Override
    public Class<? extends Record> configType() {
        return Config.class;
    }

    @Override
    public Blueprint create(BlueprintContext context) {
        return new CountingBlueprint(context.config(Config.class));
    }

    record Config(
            @Option(help = "How many; 0 for no end.", defaultValue = "10")
            int assignments,

            @Option(help = "Units of each.", defaultValue = "1")
            int units,

            @Option(help = "The source fails after so many; 0 for never.", defaultValue = "0")
            int failAfter,

            @Mixin OnboardingArgs onboarding,
            @Mixin ScreeningArgs screening,
            @Mixin GoldArgs golds) {}

    private record CountingBlueprint(Config config)
            implements Blueprint, UnitTaskRunner, OnboardsWorkers, ScreensWorkers, UsesGoldUnits {
        @Override
        public OnboardingArgs onboarding() {
            return config.onboarding;
        }

        @Override
        public ScreeningArgs screening() {
            return config.screening;
        }

        @Override
        public GoldArgs golds() {
            return config.golds;
        }

        @Override
        public TaskBuilder taskBuilder() {
            return CountingBlueprint::build;
        }

        private static void build(Path folder) throws java.io.IOException {
            Files.writeString(folder.resolve("index.html"), "<!doctype html><title>Counting</title><p>Count.");
        }

        @Override
        public TaskRunner taskRunner() {
            return this;
        }

        @Override
        public Stream<AssignmentData> assignments() {
            IntStream numbers =
                    config.assignments == 0 ? IntStream.iterate(0, n -> n + 1) : IntStream.range(0, config.assignments);
            return numbers.mapToObj(this::assignment);
        }

        private AssignmentData assignment(int number) {
            if (config.failAfter > 0 && number >= config.failAfter) {
                throw new IllegalStateException("the source is broken");
            }
            return AssignmentData.of(Json.toNode(Map.of("number", number)), config.units);
        }

        @Override
        public UnitOutcome runUnit(UnitSession session) throws InterruptedException {
            return switch (session.awaitSubmit().text("label")) {
                case "bad" -> UnitOutcome.flagged("the label is bad");
                case "throw" -> throw new IllegalStateException("the blueprint is broken");
                default -> UnitOutcome.completed();
            };
        }
    }
}
