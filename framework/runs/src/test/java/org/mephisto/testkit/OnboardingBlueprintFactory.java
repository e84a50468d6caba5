package org.mephisto.testkit;

import java.nio.file.Files;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mephisto.spi.blueprint.AssignmentData;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.OnboardingArgs;
import org.mephisto.spi.blueprint.OnboardingSession;
import org.mephisto.spi.blueprint.OnboardsWorkers;
import org.mephisto.spi.blueprint.TaskBuilder;
import org.mephisto.spi.blueprint.TaskRunner;
import org.mephisto.spi.blueprint.UnitOutcome;
import org.mephisto.spi.blueprint.UnitSession;
import org.mephisto.spi.blueprint.UnitTaskRunner;
import org.mephisto.spi.config.Mixin;
import org.mephisto.spi.json.Json;

/** The blueprint {@code onboarding}: live work whose onboarding code is the test's. */
final class OnboardingBlueprintFactory implements BlueprintFactory {
    private final Code code;

    OnboardingBlueprintFactory(Code code) {
        this.code = code;
    }

    /** Code for an onboarding. */
    interface Code {
        void run(OnboardingSession session) throws InterruptedException;
    }

    @Override
    public String type() {
        return "onboarding";
    }

    @Override
    public Class<? extends Record> configType() {
        return Config.class;
    }

    record Config(@Mixin OnboardingArgs onboarding) {}

    @Override
    public Blueprint create(BlueprintContext context) {
        return new Work(context.config(Config.class), code);
    }

    private record Work(Config config, Code code) implements Blueprint, OnboardsWorkers, UnitTaskRunner {
        @Override
        public OnboardingArgs onboarding() {
            return config.onboarding;
        }

        @Override
        public TaskBuilder taskBuilder() {
            return folder -> Files.writeString(folder.resolve("index.html"), "<!doctype html><title>Talk</title>");
        }

        @Override
        public TaskRunner taskRunner() {
            return this;
        }

        @Override
        public Stream<AssignmentData> assignments() {
            return IntStream.range(0, 3).mapToObj(i -> AssignmentData.of(Json.toNode(Map.of("number", i)), 1));
        }

        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public void runOnboarding(OnboardingSession session) throws InterruptedException {
            code.run(session);
        }

        @Override
        public UnitOutcome runUnit(UnitSession session) throws InterruptedException {
            session.agent().awaitSubmit();
            return UnitOutcome.completed();
        }
    }
}
