package org.mephisto.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mephisto.spi.config.Mixin;
import org.mephisto.spi.config.Option;

/** Plugin types in the shape of the real ones. */
final class KnownPlugins implements PluginTypes {
    record Screening(
            @Option(help = "On or off.", defaultValue = "false")
            boolean useScreeningTask,

            Optional<String> passedQualificationName,
            Optional<Integer> maxScreeningUnits) {}

    record Gold(
            @Option(help = "On or off.", defaultValue = "false")
            boolean useGolds,

            Optional<String> goldQualificationBase) {}

    record StaticTask(
            @Option(help = "The page.") Path taskSource,
            @Option(help = "A table of work.") Optional<Path> dataCsv,

            @Option(help = "Workers for each.", defaultValue = "1", min = 1)
            int unitsPerAssignment,

            @Option(help = "Link it.", defaultValue = "false")
            boolean linkTaskSource,

            Optional<String> onboardingQualification,
            Optional<Double> bonus,
            @Mixin Screening screening,
            @Mixin Gold gold) {}

    record Local(
            @Option(help = "Where to listen.", defaultValue = "localhost")
            String hostname,

            @Option(help = "The port.", defaultValue = "3000", min = 0, max = 65_535)
            int port) {}

    record Cloud(
            @Option(help = "The name.", defaultValue = "${mephisto.task.task_name}")
            String subdomain,

            @Option(help = "A key.", secret = true) Optional<String> apiKey) {}

    record None() {}

    private static final Map<String, Class<? extends Record>> BLUEPRINTS = Map.of("static_task", StaticTask.class);
    private static final Map<String, Class<? extends Record>> ARCHITECTS =
            Map.of("local", Local.class, "mock", Local.class, "ec2", Cloud.class);
    private static final Map<String, Class<? extends Record>> PROVIDERS =
            Map.of("mock", None.class, "inhouse", None.class);

    /** A configuration that is right, to which a test adds. */
    static final String TASK = """
            mephisto:
              blueprint: {_blueprint_type: static_task, task_source: page.html}
              architect: {_architect_type: local}
              provider: {_provider_type: mock}
              task: {task_name: labels, task_title: Label, task_description: Label it, task_reward: 0.3, task_tags: "a, b"}
            """;

    static ConfigLoader loader() {
        return loader(Map.of());
    }

    static ConfigLoader loader(Map<String, String> environment) {
        return new ConfigLoader(new KnownPlugins(), environment);
    }

    /** Loads the right configuration with overrides. */
    static RunScriptConfig loaded(String... overrides) {
        return loader().loadText(TASK, Path.of("/tasks/labels"), List.of(overrides));
    }

    @Override
    public Set<String> blueprintTypes() {
        return BLUEPRINTS.keySet();
    }

    @Override
    public Optional<Class<?>> blueprintCode(String type) {
        return BLUEPRINTS.containsKey(type) ? Optional.of(KnownPlugins.class) : Optional.empty();
    }

    @Override
    public Set<String> architectTypes() {
        return ARCHITECTS.keySet();
    }

    @Override
    public Set<String> providerTypes() {
        return PROVIDERS.keySet();
    }

    @Override
    public Optional<Class<? extends Record>> blueprintConfig(String type) {
        return Optional.ofNullable(BLUEPRINTS.get(type));
    }

    @Override
    public Optional<Class<? extends Record>> architectConfig(String type) {
        return Optional.ofNullable(ARCHITECTS.get(type));
    }

    @Override
    public Optional<Class<? extends Record>> providerConfig(String type) {
        return Optional.ofNullable(PROVIDERS.get(type));
    }
}
