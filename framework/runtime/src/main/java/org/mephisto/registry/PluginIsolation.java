package org.mephisto.registry;

import org.mephisto.isolation.HostView;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * What one plugin sees: the JDK, what the host shares, its own jar, and the plugins it depends on, in this order. What the host shares is
 * never taken from the plugin's own jar, so that both sides mean the same class; Jackson modules that the host lacks are.
 *
 * <p>Thread-safe, as class loaders are.
 */
final class PluginIsolation extends PluginClassLoader {
    private static final String JACKSON = "com.fasterxml.jackson.";

    PluginIsolation(PluginManager plugins, PluginDescriptor descriptor, HostView host) {
        super(plugins, descriptor, host, ClassLoadingStrategy.PDA);
    }

    @Override
    public Class<?> loadClass(String className) throws ClassNotFoundException {
        if (className.startsWith(JACKSON)) {
            try {
                return getParent().loadClass(className);
            } catch (ClassNotFoundException absentInHost) {
                return super.loadClass(className);
            }
        }
        return super.loadClass(className);
    }

    @Override
    protected boolean shouldDelegateToParent(String className) {
        return HostView.isShared(className) && !className.startsWith(JACKSON);
    }
}
