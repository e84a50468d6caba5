package org.mephisto.boot;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mephisto.api.AdminServer;
import org.mephisto.config.ConfigHandler;
import org.mephisto.config.ConfigLoader;
import org.mephisto.config.RunScriptConfig;
import org.mephisto.journal.SpareSegments;
import org.mephisto.operator.Operator;
import org.mephisto.operator.PastProviders;
import org.mephisto.operator.Platform;
import org.mephisto.qualification.Qualifications;
import org.mephisto.registry.Registry;
import org.mephisto.router.RouterOptions;
import org.mephisto.router.RouterServer;
import org.mephisto.spi.architect.RouterLauncher;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.store.DataDirectories;
import org.mephisto.store.DatabaseConfig;
import org.mephisto.store.Store;
import org.mephisto.store.sql.SqlStores;
import org.mephisto.threads.CodeThreads;
import org.slf4j.LoggerFactory;

/**
 * Mephisto in this process. Parts are made when they are first needed, so that a command that only lists plugins opens no database. Not
 * thread-safe; what it gives out is.
 *
 * <pre>{@code
 * try (Mephisto mephisto = Mephisto.open(Path.of("plugins"))) {
 *     RunScriptConfig config = mephisto.loadConfig(Path.of("my-task"), List.of());
 *     Operator operator = mephisto.operator(config);
 *     operator.validateAndRunConfig(config);
 *     operator.waitForRunsThenShutdown();
 * }
 * }</pre>
 */
public final class Mephisto implements AutoCloseable {
    private final Map<String, String> environment;
    private final Registry registry = new Registry();
    private final ConfigLoader configs;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private @Nullable Operator operator;
    private @Nullable OpenStore store;

    private Mephisto(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.configs = new ConfigLoader(new RegisteredTypes(registry), this.environment);
    }

    /** With the plugins of a folder, and the user's settings from {@code MEPHISTO_HOME} or {@code ~/.mephisto}. */
    public static Mephisto open(Path pluginsFolder) {
        return open(pluginsFolder, System.getenv());
    }

    /** Likewise, with other environment variables than the process has. */
    public static Mephisto open(Path pluginsFolder, Map<String, String> environment) {
        Mephisto mephisto = new Mephisto(environment);
        mephisto.registry.fillRegistries(pluginsFolder);
        return mephisto;
    }

    /** Without any plugin; whoever calls this registers their own. */
    public static Mephisto withoutPlugins(Map<String, String> environment) {
        return new Mephisto(environment);
    }

    public Registry registry() {
        return registry;
    }

    /** The user's settings file. */
    public ConfigHandler settings() {
        return ConfigHandler.fromEnvironment(environment);
    }

    /** Reads configurations; {@link ConfigLoader#registerScriptConfig} makes a run script's own record known to it. */
    public ConfigLoader configs() {
        return configs;
    }

    /**
     * Reads a task's configuration.
     *
     * @param path a YAML file or a task folder
     * @param overrides such as {@code mephisto.task.task_reward=0.3}
     * @throws org.mephisto.spi.config.ConfigException with all problems
     */
    public RunScriptConfig loadConfig(Path path, List<String> overrides) {
        return configs.load(path, overrides);
    }

    /** Reads a configuration from text, whose relative paths stand in the given folder. */
    public RunScriptConfig loadConfigText(String yaml, Path taskDirectory, List<String> overrides) {
        return configs.loadText(yaml, taskDirectory, overrides);
    }

    /** The Operator on the database that the configuration names. All runs of one process share it. */
    public Operator operator(RunScriptConfig config) {
        Store open = store(config.mephisto().database(), config.mephisto().datapath());
        if (operator == null) {
            DataDirectories directories = directories(config.mephisto().datapath());
            CodeThreads codeThreads = CodeThreads.create();
            Vertx vertx = startVertx(codeThreads);
            opened.addLast(() -> vertx.close().await());
            opened.addLast(codeThreads);
            SpareSegments spareSegments = SpareSegments.open(directories.spareSegments());
            opened.push(spareSegments);
            operator = new Operator(new Platform(
                    registry,
                    open,
                    directories,
                    spareSegments,
                    (uploads, pageSilence) -> routers(vertx, uploads, pageSilence),
                    http(),
                    codeThreads,
                    InstantSource.system()));
            opened.push(operator);
            opened.push(AdminServer.start(vertx, DataDirectories.home(environment), new RunAdministration(operator)));
        }
        return operator;
    }

    /** Qualifications and blocks in this database, and at the providers that keep their own. */
    public Qualifications qualifications(Store open) {
        return new Qualifications(open, new PastProviders(registry, open, http()));
    }

    private static HttpClient http() {
        return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    }

    /**
     * The database.
     *
     * @param datapath the data folder; empty for the user's own
     */
    public Store store(DatabaseConfig config, Optional<Path> datapath) {
        DataDirectories directories = directories(datapath);
        if (store == null) {
            store = new OpenStore(SqlStores.open(config, directories.data()), config, directories);
            opened.push(store.store);
        }
        store.requireSame(config, directories);
        return store.store;
    }

    /** The data folder that a configuration means. */
    public DataDirectories directories(Optional<Path> datapath) {
        return new DataDirectories(settings().dataDirectory(datapath));
    }

    private static RouterLauncher routers(Vertx vertx, Path uploads, Duration pageSilence) {
        return (hostname, port, folder) -> RouterServer.start(
                vertx,
                RouterOptions.of(hostname, port, folder, uploads)
                        .withLimits(RouterOptions.Limits.DEFAULT.withPageSilence(pageSilence)));
    }

    private static Vertx startVertx(CodeThreads codeThreads) {
        SharedLoopTransport shared = new SharedLoopTransport(codeThreads);
        return shared.available()
                ? Vertx.builder().withTransport(shared).build()
                : Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    }

    /** Ends all runs and closes everything, in the reverse order. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            closeQuietly(opened.pop());
        }
        registry.close();
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LoggerFactory.getLogger(Mephisto.class).warn("Closing failed: {}", e.toString(), e);
        }
    }

    private record OpenStore(Store store, DatabaseConfig config, DataDirectories directories) {
        void requireSame(DatabaseConfig other, DataDirectories otherDirectories) {
            if (!config.equals(other) || !directories.equals(otherDirectories)) {
                throw new ConfigException(
                        "mephisto.database",
                        "this process works on the data folder \"" + directories.data()
                                + "\" already; runs with another database or data folder need a process of their own.");
            }
        }
    }
}
