package org.mephisto.testkit;

import java.nio.file.Path;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.config.yaml.YamlText;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.config.TaskArgs;

/**
 * What the host gives a blueprint, for tests that make one without a run. Its task is called {@code Judge <this>}. Immutable.
 *
 * @param taskDirectory where relative paths of the options stand; the blueprint's own files go there too
 * @param options of the factory's {@link BlueprintFactory#configType()}
 */
public record TestContext(Path taskDirectory, Record options, SharedTaskState sharedState) implements BlueprintContext {
    /**
     * Binds options as the host does.
     *
     * @param optionsYaml what stands under {@code mephisto.blueprint}, without {@code _blueprint_type}; JSON will do
     * @throws org.mephisto.spi.config.ConfigException with every problem of the options
     */
    public static TestContext of(BlueprintFactory factory, Path taskDirectory, String optionsYaml) {
        return new TestContext(
                taskDirectory,
                bind(factory.configType(), taskDirectory, "mephisto.blueprint", optionsYaml),
                SharedTaskState.empty());
    }

    /** Likewise, with what code gives beside the options. */
    public TestContext with(SharedTaskState state) {
        return new TestContext(taskDirectory, options, state);
    }

    @Override
    public <C extends Record> C config(Class<C> type) {
        return type.cast(options);
    }

    @Override
    public TaskArgs task() {
        return bind(TaskArgs.class, taskDirectory, "mephisto.task", """
                {task_title: Judge <this>, task_description: One & all, task_reward: 0.1, task_tags: 'a,b'}
                """);
    }

    @Override
    public Path dataDirectory() {
        return taskDirectory;
    }

    private static <C extends Record> C bind(Class<C> type, Path taskDirectory, String path, String yaml) {
        return new ConfigBinder(taskDirectory)
                .bind(type, path, YamlText.parse(path, yaml).root());
    }
}
