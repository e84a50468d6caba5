package org.mephisto.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.mephisto.logging.LogLevel;
import org.mephisto.spi.config.TaskArgs;
import org.mephisto.store.DatabaseConfig;

/**
 * What stands under {@code mephisto}, checked.
 *
 * @param task its name is always there
 * @param logLevels by part, such as {@code supervisor}
 * @param datapath the data folder, absolute
 * @param sharedState read by {@link org.mephisto.config.state.SharedStateReader}; checked, do not change
 */
public record MephistoConfig(
        PluginConfig blueprint,
        PluginConfig architect,
        PluginConfig provider,
        BlueprintArgs blueprintArgs,
        ArchitectArgs architectArgs,
        ProviderArgs providerArgs,
        TaskArgs task,
        DatabaseConfig database,
        LogLevel logLevel,
        Map<String, LogLevel> logLevels,
        Optional<Path> datapath,
        ObjectNode sharedState) {
    public MephistoConfig {
        logLevels = Map.copyOf(logLevels);
    }

    /** The task's name, given or taken from the blueprint. */
    public String taskName() {
        return task.taskName().orElseGet(blueprint::type);
    }
}
