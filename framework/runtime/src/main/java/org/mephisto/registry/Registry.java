package org.mephisto.registry;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.SpiVersion;
import org.mephisto.spi.architect.ArchitectFactory;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.provider.CrowdProviderFactory;
import org.pf4j.PluginDependency;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every blueprint, architect and crowd provider that task runs can name. Thread-safe; what plugins made is used until {@link #close}.
 */
public final class Registry implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Registry.class);

    private final ExtensionTypes<BlueprintFactory> blueprints = new ExtensionTypes<>(ExtensionPointKind.BLUEPRINT);
    private final ExtensionTypes<ArchitectFactory> architects = new ExtensionTypes<>(ExtensionPointKind.ARCHITECT);
    private final ExtensionTypes<CrowdProviderFactory> providers = new ExtensionTypes<>(ExtensionPointKind.PROVIDER);
    private final PluginVersions versions;

    private final ReentrantLock filling = new ReentrantLock();
    private final List<PluginCandidate> loaded = new ArrayList<>();
    private @Nullable PluginHost host;
    private volatile List<PluginReport> reports = List.of();

    /** An empty registry. */
    public Registry() {
        this(SpiVersion.current());
    }

    Registry(String spiVersion) {
        this.versions = new PluginVersions(spiVersion);
    }

    /**
     * Adds a blueprint that is no plugin jar's, such as one in a program's own class path.
     *
     * @throws MephistoException {@code CONFLICT} when the name is taken, {@code PLUGIN_FAILED} when the factory answers wrongly
     */
    public void register(BlueprintFactory factory) {
        requireSound(factory, FactoryChecks.problem(factory));
        requireFree(blueprints.add(factory.type(), factory, inCode(factory)));
    }

    /** Adds an architect, as {@link #register(BlueprintFactory)} does a blueprint. */
    public void register(ArchitectFactory factory) {
        requireSound(factory, FactoryChecks.problem(factory));
        requireFree(architects.add(factory.type(), factory, inCode(factory)));
    }

    /** Adds a crowd provider, as {@link #register(BlueprintFactory)} does a blueprint. */
    public void register(CrowdProviderFactory factory) {
        requireSound(factory, FactoryChecks.problem(factory));
        requireFree(providers.add(factory.type(), factory, inCode(factory)));
    }

    private static void requireSound(Object factory, Optional<String> problem) {
        problem.ifPresent(text -> {
            throw new MephistoException(
                    ErrorCode.PLUGIN_FAILED,
                    "The factory \"" + factory.getClass().getName() + "\" cannot be registered: " + text);
        });
    }

    private static void requireFree(Optional<String> conflict) {
        conflict.ifPresent(text -> {
            throw new MephistoException(ErrorCode.CONFLICT, "Cannot register a second one: " + text);
        });
    }

    private static String inCode(Object factory) {
        return "code (\"" + factory.getClass().getName() + "\")";
    }

    /**
     * Loads the plugin jars of a folder, in the order of their file names. A jar that cannot be used is named in one log line and in {@link
     * #pluginReports}, and harms no other. Blocks; may be called for several folders. A folder that is not there holds no plugins.
     *
     * @throws MephistoException {@code FILE_UNUSABLE} when the folder cannot be read
     */
    public void fillRegistries(Path pluginsFolder) {
        filling.lock();
        try {
            fill(pluginsFolder);
        } finally {
            filling.unlock();
        }
    }

    private void fill(Path folder) {
        List<PluginCandidate> candidates =
                jars(folder).stream().map(PluginCandidate::new).toList();
        if (candidates.isEmpty()) {
            return;
        }

        PluginDescriptors descriptors = new PluginDescriptors();
        candidates.forEach(descriptors::describe);
        usable(candidates).forEach(versions::check);

        PluginHost plugins = host == null ? new PluginHost(folder, versions) : host;
        host = plugins;
        new PluginOrder(versions, loaded).order(usable(candidates)).forEach(candidate -> load(plugins, candidate));
        loaded.addAll(usable(candidates));
        FactoryLoader factories = new FactoryLoader(plugins, this, libraries(candidates));
        usable(candidates).forEach(factories::take);
        candidates.forEach(PluginCandidate::logProblems);

        List<PluginReport> all = new ArrayList<>(reports);
        candidates.stream().map(PluginCandidate::report).forEach(all::add);
        reports = List.copyOf(all);
    }

    /** What PF4J refuses although our own checks let it pass, such as a jar that has just been taken away. */
    private static void load(PluginHost plugins, PluginCandidate candidate) {
        try {
            plugins.loadAndStart(candidate);
        } catch (RuntimeException e) {
            log.debug("Plugin jar \"{}\"", candidate.fileName(), e);
            candidate.refuse("it cannot be loaded (" + e.getMessage() + ").");
        }
    }

    private static List<Path> jars(Path folder) {
        if (Files.notExists(folder)) {
            log.warn("There is no plugins folder \"{}\": no plugins are loaded.", folder);
            return List.of();
        }
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.toLowerCase(Locale.ROOT).endsWith(".jar") && !name.startsWith(".")) {
                    jars.add(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new MephistoException(
                    ErrorCode.FILE_UNUSABLE,
                    "The plugins folder \"" + folder + "\" cannot be read (" + e.getMessage()
                            + "). It must be a folder that this user may read.",
                    e);
        }
        jars.sort(Comparator.comparing(jar -> jar.getFileName().toString()));
        return jars;
    }

    private static Set<String> libraries(List<PluginCandidate> candidates) {
        return usable(candidates).stream()
                .flatMap(candidate -> candidate.descriptor().getDependencies().stream())
                .map(PluginDependency::getPluginId)
                .collect(Collectors.toSet());
    }

    private static List<PluginCandidate> usable(List<PluginCandidate> candidates) {
        return candidates.stream().filter(candidate -> !candidate.isRefused()).toList();
    }

    /** Takes what a plugin made, once for each extension point it extends. */
    void take(Object factory, PluginCandidate from) {
        if (factory instanceof BlueprintFactory blueprint) {
            take(
                    ExtensionPointKind.BLUEPRINT,
                    blueprints,
                    blueprint,
                    FactoryChecks.problem(blueprint),
                    blueprint::type,
                    from);
        }
        if (factory instanceof ArchitectFactory architect) {
            take(
                    ExtensionPointKind.ARCHITECT,
                    architects,
                    architect,
                    FactoryChecks.problem(architect),
                    architect::type,
                    from);
        }
        if (factory instanceof CrowdProviderFactory provider) {
            take(
                    ExtensionPointKind.PROVIDER,
                    providers,
                    provider,
                    FactoryChecks.problem(provider),
                    provider::type,
                    from);
        }
    }

    private static <F> void take(
            ExtensionPointKind kind,
            ExtensionTypes<F> types,
            F factory,
            Optional<String> problem,
            Supplier<String> type,
            PluginCandidate from) {
        if (problem.isPresent()) {
            from.warn("class \"" + factory.getClass().getName() + "\": " + problem.get());
            return;
        }
        String name = type.get();
        types.add(name, factory, "\"" + from.fileName() + "\"")
                .ifPresentOrElse(from::warn, () -> from.types(kind).add(name));
    }

    /** @throws MephistoException {@code NOT_FOUND} naming the known types */
    public BlueprintFactory getBlueprintFromType(String type) {
        return blueprints.require(type);
    }

    /** @throws MephistoException {@code NOT_FOUND} naming the known types */
    public ArchitectFactory getArchitectFromType(String type) {
        return architects.require(type);
    }

    /** @throws MephistoException {@code NOT_FOUND} naming the known types */
    public CrowdProviderFactory getCrowdProviderFromType(String type) {
        return providers.require(type);
    }

    /** In alphabetical order. */
    public List<String> blueprintTypes() {
        return blueprints.names();
    }

    /** In alphabetical order. */
    public List<String> architectTypes() {
        return architects.names();
    }

    /** In alphabetical order. */
    public List<String> crowdProviderTypes() {
        return providers.names();
    }

    /** What became of every jar, in the order they were looked at. */
    public List<PluginReport> pluginReports() {
        return reports;
    }

    /** Forgets every type and lets go of the jars. Nothing that plugins made may be used afterwards; harmless when repeated. */
    @Override
    public void close() {
        filling.lock();
        try {
            blueprints.clear();
            architects.clear();
            providers.clear();
            loaded.clear();
            if (host != null) {
                host.unloadPlugins();
                host = null;
            }
        } finally {
            filling.unlock();
        }
    }
}
