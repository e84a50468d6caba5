package org.mephisto.operator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mephisto.config.MephistoConfig;
import org.mephisto.config.PluginConfig;
import org.mephisto.config.RunScriptConfig;
import org.mephisto.config.bind.ConfigBinder;
import org.mephisto.config.hooks.HookPlaces;
import org.mephisto.config.state.RunState;
import org.mephisto.config.state.SharedStateReader;
import org.mephisto.spi.architect.Architect;
import org.mephisto.spi.architect.ArchitectContext;
import org.mephisto.spi.architect.ArchitectFactory;
import org.mephisto.spi.architect.RouterLauncher;
import org.mephisto.spi.blueprint.Blueprint;
import org.mephisto.spi.blueprint.BlueprintContext;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.blueprint.TaskRunner;
import org.mephisto.spi.config.TaskArgs;
import org.mephisto.spi.model.Requester;
import org.mephisto.spi.model.RunTypes;
import org.mephisto.spi.model.TaskRun;
import org.mephisto.spi.provider.CrowdProvider;
import org.mephisto.spi.provider.CrowdProviderFactory;

/**
 * The plugins of one task run, created from its configuration, and what they see of the host. Confined to the launching thread until
 * {@link #begin}.
 */
final class RunParts {
    private final Platform platform;
    private final RunScriptConfig script;
    private final ConfigBinder binder;
    private final SharedTaskState sharedState;
    private final Requester requester;
    private final CrowdProvider provider;
    private final Blueprint blueprint;
    private final Architect architect;
    private volatile @Nullable TaskRun taskRun;
    private volatile @Nullable TaskRunner taskRunner;

    private RunParts(Platform platform, RunScriptConfig script, SharedTaskState fromCode, TakeDown takeDown) {
        this.platform = platform;
        this.script = script;
        this.binder = new ConfigBinder(script.taskDir());
        BlueprintFactory blueprints =
                platform.registry().getBlueprintFromType(config().blueprint().type());
        ArchitectFactory architects =
                platform.registry().getArchitectFromType(config().architect().type());
        CrowdProviderFactory providers =
                platform.registry().getCrowdProviderFromType(config().provider().type());
        RunState read = new SharedStateReader(platform.http())
                .read(
                        config().sharedState(),
                        new HookPlaces(script.taskDir(), Optional.of(blueprints.getClass())),
                        fromCode);
        takeDown.add("the task's own functions", read.hooks()::close);
        this.sharedState = read.state();
        this.requester = Requesters.resolve(
                platform.store(), providers, config().providerArgs().requesterName());
        this.provider = providers.create(new ProviderHost(this, providers));
        takeDown.add("the crowd provider", provider::close);
        this.blueprint = blueprints.create(new BlueprintHost());
        takeDown.add("the blueprint", blueprint::close);
        AbilityCheck.requireComplete(blueprint, sharedState);
        this.architect = architects.create(new ArchitectHost());
    }

    /** Creates the three; what was created when one fails is left to {@code takeDown}. */
    static RunParts create(Platform platform, RunScriptConfig script, SharedTaskState fromCode, TakeDown takeDown) {
        return new RunParts(platform, script, fromCode, takeDown);
    }

    MephistoConfig config() {
        return script.mephisto();
    }

    String taskName() {
        return config().taskName();
    }

    RunTypes types() {
        return new RunTypes(
                config().blueprint().type(),
                config().architect().type(),
                config().provider().type());
    }

    SharedTaskState sharedState() {
        return sharedState;
    }

    Requester requester() {
        return requester;
    }

    CrowdProvider provider() {
        return provider;
    }

    Blueprint blueprint() {
        return blueprint;
    }

    Architect architect() {
        return architect;
    }

    Platform platform() {
        return platform;
    }

    /** From now on there is a run, and so folders of its own. */
    void begin(TaskRun taskRun) {
        this.taskRun = taskRun;
        this.taskRunner = blueprint.taskRunner();
    }

    /** Only once there is a run. */
    TaskRunner taskRunner() {
        return Objects.requireNonNull(taskRunner, "the run has not begun");
    }

    private Duration pageSilence() {
        return taskRunner().isLive()
                ? Duration.ofSeconds(config().task().disconnectAfterInSeconds())
                        .plus(taskRunner().awayGrace())
                : Duration.ZERO;
    }

    /** Builds the page. */
    Path buildPage() {
        Path folder = platform.directories().build(taskRunId());
        PageFolder.build(
                folder,
                blueprint.taskBuilder(),
                blueprint.frontendArgs(),
                sharedState.taskConfig(),
                provider.wrapCrowdSource());
        return folder;
    }

    private long taskRunId() {
        TaskRun known = taskRun;
        if (known == null) {
            throw new IllegalStateException(
                    "The run's folders do not exist while its plugins are created; ask for them when they are needed.");
        }
        return known.id();
    }

    <C extends Record> C bind(Class<C> type, String group, PluginConfig plugin) {
        return binder.bind(type, "mephisto." + group, plugin.options());
    }

    private final class BlueprintHost implements BlueprintContext {
        @Override
        public <C extends Record> C config(Class<C> type) {
            return bind(type, "blueprint", RunParts.this.config().blueprint());
        }

        @Override
        public TaskArgs task() {
            return RunParts.this.config().task();
        }

        @Override
        public SharedTaskState sharedState() {
            return sharedState;
        }

        @Override
        public Path taskDirectory() {
            return script.taskDir();
        }

        @Override
        public Path dataDirectory() {
            return platform.directories().blueprint(taskRunId());
        }
    }

    private final class ArchitectHost implements ArchitectContext {
        @Override
        public <C extends Record> C config(Class<C> type) {
            return bind(type, "architect", RunParts.this.config().architect());
        }

        @Override
        public String taskName() {
            return RunParts.this.taskName();
        }

        @Override
        public RouterLauncher routers() {
            return (hostname, port, folder) -> platform.routers()
                    .forRun(platform.directories().files(taskRunId()), pageSilence())
                    .launchEmbedded(hostname, port, folder);
        }

        @Override
        public Path dataDirectory() {
            return platform.directories().architect(taskRunId());
        }
    }
}
