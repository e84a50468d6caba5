package org.mephisto.isolation;

import java.util.Set;

/** The host as code from outside sees it: the JDK and the few packages that both sides speak with each other. */
public final class HostView extends ClassLoader {
    private static final String JACKSON = "com.fasterxml.jackson.";
    private static final Set<String> CLASSES = Set.of("org.pf4j.Extension", "org.pf4j.ExtensionPoint");
    private static final Set<String> PACKAGES = Set.of("org.mephisto.spi.", "org.slf4j.", JACKSON, "org.jspecify.");

    private final ClassLoader host;

    public HostView(ClassLoader host) {
        super("mephisto-host-view", getPlatformClassLoader());
        this.host = host;
    }

    /** Whether code from outside means the host's class by this name. */
    public static boolean isShared(String className) {
        return CLASSES.contains(className) || PACKAGES.stream().anyMatch(className::startsWith);
    }

    @Override
    protected Class<?> findClass(String className) throws ClassNotFoundException {
        if (isShared(className)) {
            return host.loadClass(className);
        }
        throw new ClassNotFoundException(className);
    }
}
