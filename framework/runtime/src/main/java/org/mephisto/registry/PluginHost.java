package org.mephisto.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.mephisto.isolation.HostView;
import org.pf4j.AbstractExtensionFinder;
import org.pf4j.DependencyResolver;
import org.pf4j.ExtensionFinder;
import org.pf4j.JarPluginLoader;
import org.pf4j.JarPluginManager;
import org.pf4j.Plugin;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginManager;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;

/**
 * PF4J as we use it: jars that were checked beforehand and are given one by one, isolated class loaders, the ServiceLoader form of the
 * extension index, no plugin classes. Not thread-safe.
 */
final class PluginHost extends JarPluginManager {
    PluginHost(Path folder, PluginVersions versions) {
        super(folder);
        // The super class has made its own by now: its constructor runs before there are fields to make ours from.
        versionManager = versions;
        dependencyResolver = new DependencyResolver(versions);
    }

    /** Loads and starts one plugin whose dependencies are started; leaves nothing behind when it throws. */
    void loadAndStart(PluginCandidate candidate) {
        try {
            loadPlugin(candidate.jar());
            startPlugin(candidate.id());
        } catch (RuntimeException e) {
            if (plugins.containsKey(candidate.id())) {
                unloadPlugin(candidate.id());
            }
            throw e;
        }
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new PluginDescriptors();
    }

    @Override
    protected PluginLoader createPluginLoader() {
        HostView host = new HostView(getClass().getClassLoader());
        return new JarPluginLoader(this) {
            @Override
            protected PluginClassLoader createPluginClassLoader(Path jar, PluginDescriptor descriptor) {
                return new PluginIsolation(pluginManager, descriptor, host);
            }
        };
    }

    /** A plugin is its factories; a {@code Plugin-Class} would be a second way in, with the plugin manager in its hands. */
    @Override
    protected PluginFactory createPluginFactory() {
        return wrapper -> new Plugin() {};
    }

    @Override
    protected ExtensionFinder createExtensionFinder() {
        ServiceFiles finder = new ServiceFiles(this);
        addPluginStateListener(finder);
        return finder;
    }

    /** What was checked is enabled: no lists in files. */
    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new PluginStatusProvider() {
            @Override
            public boolean isPluginDisabled(String pluginId) {
                return false;
            }

            @Override
            public void disablePlugin(String pluginId) {}

            @Override
            public void enablePlugin(String pluginId) {}
        };
    }

    /** Versions were checked, by a rule that is stricter than PF4J's. */
    @Override
    protected boolean isPluginValid(PluginWrapper plugin) {
        return true;
    }

    /** Reads {@code META-INF/services} of our extension points out of each plugin's own jar, and never the host's class path. */
    private static final class ServiceFiles extends AbstractExtensionFinder {
        ServiceFiles(PluginManager plugins) {
            super(plugins);
        }

        @Override
        public Map<String, Set<String>> readClasspathStorages() {
            return Map.of();
        }

        @Override
        public Map<String, Set<String>> readPluginsStorages() {
            Map<String, Set<String>> classNames = new LinkedHashMap<>();
            for (PluginWrapper plugin : pluginManager.getPlugins()) {
                classNames.put(plugin.getPluginId(), classNames(plugin.getPluginPath()));
            }
            return classNames;
        }

        private static Set<String> classNames(Path path) {
            Set<String> names = new LinkedHashSet<>();
            try (JarFile jar = new JarFile(path.toFile(), false)) {
                for (ExtensionPointKind kind : ExtensionPointKind.values()) {
                    ZipEntry entry = jar.getEntry(kind.serviceFile());
                    if (entry != null) {
                        try (InputStream in = jar.getInputStream(entry)) {
                            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                                    .lines()
                                    .map(line -> line.replaceFirst("#.*", "").strip())
                                    .filter(line -> !line.isEmpty())
                                    .forEach(names::add);
                        }
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return names;
        }
    }
}
