package org.mephisto.blueprint.chat;

import java.nio.file.Path;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.config.TaskArgs;
import org.mephisto.spi.json.Json;

/** What the host would give. Immutable. */
record TestContext(Path taskDirectory, ChatConfig config) implements BlueprintContext {
    /** Binds options as the host does. */
    static TestContext of(Path taskDirectory, String optionsJson) {
        ChatConfig config =
                new ConfigBinder(taskDirectory).bind(ChatConfig.class, "mephisto.blueprint", Json.parse(optionsJson));
        return new TestContext(taskDirectory, config);
    }

    @Override
    public <C extends Record> C config(Class<C> type) {
        return type.cast(config);
    }

    @Override
    public TaskArgs task() {
        return new ConfigBinder(taskDirectory).bind(TaskArgs.class, "mephisto.task", Json.parse("""
                {"task_title": "Talk <here>", "task_description": "Two & more", "task_reward": 0, "task_tags": "test"}
                """));
    }

    @Override
    public SharedTaskState sharedState() {
        return SharedTaskState.empty();
    }

    @Override
    public Path dataDirectory() {
        return taskDirectory;
    }
}
