package org.mephisto.registry;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.pf4j.PluginRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the factories that a plugin's index names and hands them to the registry; plugin code first runs here. Confined to one thread. */
final class FactoryLoader {
    private static final Logger log = LoggerFactory.getLogger(FactoryLoader.class);

    private final PluginHost host;
    private final Registry registry;
    private final Set<String> libraries;

    /** @param libraries ids of plugins that others depend on, and which so need not offer anything themselves */
    FactoryLoader(PluginHost host, Registry registry, Set<String> libraries) {
        this.libraries = libraries;
        this.host = host;
        this.registry = registry;
    }

    /** Takes what the plugin offers; refuses the plugin when it offers something and nothing of it can be used. */
    void take(PluginCandidate candidate) {
        Set<String> classNames = host.getExtensionClassNames(candidate.id());
        classNames.forEach(className -> take(candidate, className));

        if (classNames.isEmpty()) {
            if (!libraries.contains(candidate.id())) {
                candidate.warn(
                        "it offers no blueprint, architect or provider. A plugin names its factories in META-INF/services,"
                                + " which the build of the plugin template writes for classes with @Extension.");
            }
        } else if (!candidate.offersTypes()) {
            candidate.refuseForWarnings();
        }
    }

    private void take(PluginCandidate candidate, String className) {
        try {
            Class<?> type = host.getPluginClassLoader(candidate.id()).loadClass(className);
            if (Arrays.stream(ExtensionPointKind.values()).noneMatch(kind -> kind.isExtendedBy(type))) {
                candidate.warn(named(className) + "is none of "
                        + Arrays.stream(ExtensionPointKind.values())
                                .map(ExtensionPointKind::typeName)
                                .collect(Collectors.joining(", "))
                        + ". Implement one of them, or take the class out of META-INF/services.");
                return;
            }
            if (!hasPublicConstructor(type)) {
                candidate.warn(named(className)
                        + "cannot be made. It must be a public class with a public constructor without parameters.");
                return;
            }
            registry.take(host.getExtensionFactory().create(type), candidate);
        } catch (ClassNotFoundException e) {
            candidate.warn(
                    named(className) + "is not in the jar. Build the plugin again, or correct META-INF/services.");
        } catch (UnsupportedClassVersionError e) {
            candidate.warn(named(className) + "was compiled for a newer Java than "
                    + Runtime.version().feature()
                    + ". Start Mephisto with that Java, or compile the plugin for this one.");
        } catch (ExceptionInInitializerError e) {
            failed(candidate, className, e);
        } catch (LinkageError e) {
            log.debug("Plugin jar \"{}\": {}", candidate.fileName(), className, e);
            candidate.warn(named(className) + "cannot be loaded (" + reason(e)
                    + "). A plugin sees the JDK, mephisto-spi, SLF4J, Jackson, itself and the plugins it depends on; put anything"
                    + " else it uses into its jar.");
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) { // plugin code may throw anything; whatever it is, the other plugins start
            failed(candidate, className, e);
        }
    }

    private static void failed(PluginCandidate candidate, String className, Throwable error) {
        log.debug("Plugin jar \"{}\": {}", candidate.fileName(), className, error);
        candidate.warn(named(className) + "failed when it was made and asked who it is (" + reason(error)
                + "). Tell the plugin's author.");
    }

    private static String named(String className) {
        return "class \"" + className + "\" ";
    }

    private static boolean hasPublicConstructor(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && !Modifier.isAbstract(type.getModifiers())
                && Arrays.stream(type.getConstructors()).anyMatch(constructor -> constructor.getParameterCount() == 0);
    }

    /** The plugin's own error, out of the wrappings of class initialisation and PF4J. */
    private static String reason(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof PluginRuntimeException || cause instanceof ExceptionInInitializerError)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
