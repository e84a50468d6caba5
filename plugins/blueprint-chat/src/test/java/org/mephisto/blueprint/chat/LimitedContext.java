package org.mephisto.blueprint.chat;

import java.nio.file.Path;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.config.yaml.YamlText;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.config.TaskArgs;
import org.mephisto.testkit.TestContext;

/** A context whose task sets {@code max_num_concurrent_units}. Immutable. */
record LimitedContext(TestContext context, int maxNumConcurrentUnits) implements BlueprintContext {
    @Override
    public TaskArgs task() {
        String yaml = "{task_title: t, task_description: d, task_reward: 0, task_tags: '', max_num_concurrent_units: "
                + maxNumConcurrentUnits + "}";
        return new ConfigBinder(taskDirectory())
                .bind(
                        TaskArgs.class,
                        "mephisto.task",
                        YamlText.parse("mephisto.task", yaml).root());
    }

    @Override
    public <C extends Record> C config(Class<C> type) {
        return context.config(type);
    }

    @Override
    public SharedTaskState sharedState() {
        return context.sharedState();
    }

    @Override
    public Path taskDirectory() {
        return context.taskDirectory();
    }

    @Override
    public Path dataDirectory() {
        return context.dataDirectory();
    }
}
