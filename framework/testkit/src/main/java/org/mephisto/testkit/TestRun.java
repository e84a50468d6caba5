package org.mephisto.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mephisto.boot.Mephisto;
import org.mephisto.config.RunScriptConfig;
import org.mephisto.export.ExportRows;
import org.mephisto.operator.Operator;
import org.mephisto.operator.RunEnd;
import org.mephisto.operator.RunningTaskRun;
import org.mephisto.qualification.Qualifications;
import org.mephisto.spi.architect.ArchitectFactory;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.blueprint.SharedTaskState;
import org.mephisto.spi.json.Json;
import org.mephisto.spi.provider.CrowdProviderFactory;
import org.mephisto.store.FolderTree;
import org.mephisto.store.Store;
import org.mephisto.supervisor.pool.RunProgress.Counts;

/**
 * A real run of a plugin in this process: real store, real router on a port of its own, in a temporary folder that {@link #close} removes.
 * Not thread-safe, except for {@link #worker}.
 *
 * <pre>{@code
 * try (TestRun run = TestRun.of(new LabelingBlueprintFactory())
 *         .blueprintOption("sentences", List.of("It works."))
 *         .start()) {
 *     run.worker("ann").register().submit(Map.of("label", "good"));
 *     run.awaitEnd();
 *     assertThat(run.rows()).hasSize(1);
 * }
 * }</pre>
 */
public final class TestRun implements AutoCloseable {
    private final Mephisto mephisto;
    private final Path folder;
    private final RunScriptConfig config;
    private final RunningTaskRun run;

    private TestRun(Mephisto mephisto, Path folder, RunScriptConfig config, RunningTaskRun run) {
        this.mephisto = mephisto;
        this.folder = folder;
        this.config = config;
        this.run = run;
    }

    /** A run of this kind of work, with simulated workers on any free port unless said otherwise. */
    public static Builder of(BlueprintFactory blueprint) {
        return new Builder(blueprint);
    }

    /** Where the page is. */
    public URI url() {
        return run.url();
    }

    public RunningTaskRun run() {
        return run;
    }

    public Counts progress() {
        return run.progress();
    }

    /** A worker who can come to this run. */
    public SimulatedWorker worker(String name) {
        return new SimulatedWorker(run.url(), name);
    }

    /**
     * Waits until all units are done and the run is taken down.
     *
     * @throws AssertionError when that takes longer than a minute
     */
    public RunEnd awaitEnd() throws InterruptedException {
        if (!run.awaitEnd(Duration.ofMinutes(1))) {
            throw new AssertionError("The run has not ended within a minute: " + run.progress());
        }
        return run.end().join();
    }

    /** Grants, revokes and blocks in this run's database. */
    public Qualifications qualifications() {
        return mephisto.qualifications(store());
    }

    /** What {@code mephisto export} would give, a row a unit. */
    public List<ObjectNode> rows() {
        List<ObjectNode> rows = new ArrayList<>();
        new ExportRows(store(), mephisto.registry()).forEach(run.taskRun().taskName(), rows::add);
        return rows;
    }

    /** The folder that {@code MEPHISTO_HOME} means for this run. */
    Path home() {
        return home(folder);
    }

    private static Path home(Path folder) {
        return folder.resolve("home");
    }

    /** The run's database, to look into; it is open until {@link #close}. */
    Store store() {
        return mephisto.store(config.mephisto().database(), config.mephisto().datapath());
    }

    /** Ends the run, if it has not ended, and removes its folder. */
    @Override
    public void close() throws IOException {
        mephisto.close();
        FolderTree.delete(folder);
    }

    /** What a run is to be like. Confined to one thread. */
    public static final class Builder {
        private final BlueprintFactory blueprint;
        private final ObjectNode options = Json.object();
        private final ObjectNode mephistoKeys;
        private ArchitectFactory architect = new TestArchitectFactory();
        private CrowdProviderFactory provider = new TestProviderFactory();
        private SharedTaskState sharedState = SharedTaskState.empty();
        private Path taskDirectory = Path.of("").toAbsolutePath();
        private Optional<Path> keptData = Optional.empty();

        private Builder(BlueprintFactory blueprint) {
            this.blueprint = blueprint;
            this.mephistoKeys = options.putObject("mephisto");
            group("blueprint").put("_blueprint_type", blueprint.type());
            group("task")
                    .put("task_name", "test-" + blueprint.type())
                    .put("task_title", "A test")
                    .put("task_description", "Launched by a test.")
                    .put("task_reward", 0)
                    .put("task_tags", "test")
                    .put("closing_time_in_seconds", 0);
        }

        /** Sets a key under {@code mephisto.blueprint}. */
        public Builder blueprintOption(String key, Object value) {
            group("blueprint").set(key, Json.toNode(value));
            return this;
        }

        /** Sets a key under {@code mephisto.task}. */
        public Builder taskOption(String key, Object value) {
            group("task").set(key, Json.toNode(value));
            return this;
        }

        /** Sets a key under {@code mephisto.database}. */
        public Builder databaseOption(String key, Object value) {
            group("database").set(key, Json.toNode(value));
            return this;
        }

        /** Uses this architect, with these options. */
        public Builder architect(ArchitectFactory factory, Map<String, ?> architectOptions) {
            architect = factory;
            group("architect").setAll((ObjectNode) Json.toNode(architectOptions));
            return this;
        }

        /** Uses this crowd provider, with these options. */
        public Builder provider(CrowdProviderFactory factory, Map<String, ?> providerOptions) {
            provider = factory;
            group("provider").setAll((ObjectNode) Json.toNode(providerOptions));
            return this;
        }

        /** Sets values and functions that cannot stand in YAML. */
        public Builder sharedState(SharedTaskState state) {
            sharedState = state;
            return this;
        }

        /** The folder in which relative paths of options stand; the current one unless said. */
        public Builder taskDirectory(Path directory) {
            taskDirectory = directory;
            return this;
        }

        /** Keeps the data in this folder, which outlives the run; another run can take it up with {@code resume_incomplete_run}. */
        public Builder data(Path folder) {
            keptData = Optional.of(folder);
            return this;
        }

        /** Sets a key under {@code mephisto.shared_state}. */
        public Builder stateOption(String key, Object value) {
            group("shared_state").set(key, Json.toNode(value));
            return this;
        }

        private ObjectNode group(String name) {
            return mephistoKeys.withObject("/" + name);
        }

        /**
         * Launches; workers can come when it returns.
         *
         * @throws org.mephisto.spi.error.MephistoException when it cannot be launched
         */
        public TestRun start() throws IOException {
            Path folder = Files.createTempDirectory("mephisto-test");
            group("architect").put("_architect_type", architect.type());
            group("provider").put("_provider_type", provider.type());
            mephistoKeys.put("datapath", keptData.orElse(folder.resolve("data")).toString());
            Mephisto mephisto =
                    Mephisto.withoutPlugins(Map.of("MEPHISTO_HOME", home(folder).toString()));
            try {
                mephisto.registry().register(blueprint);
                mephisto.registry().register(architect);
                mephisto.registry().register(provider);
                RunScriptConfig config = mephisto.loadConfigText(Json.write(options), taskDirectory, List.of());
                Operator operator = mephisto.operator(config);
                return new TestRun(mephisto, folder, config, operator.validateAndRunConfig(config, sharedState));
            } catch (RuntimeException e) {
                mephisto.close();
                FolderTree.delete(folder);
                throw e;
            }
        }
    }
}
