package org.mephisto.config.hooks;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.mephisto.config.bind.NearestName;
import org.mephisto.spi.config.ConfigException;

/**
 * Where a task's functions in Java are found: in {@code Hooks.java} beside its configuration, and in the plugin of its blueprint.
 *
 * @param plugin a class of that plugin, through whose class loader others are found; empty when there is no such blueprint
 */
public record HookPlaces(Path taskDirectory, Optional<Class<?>> plugin) {
    /**
     * A function's name as configurations write it: {@code method}, or {@code com.example.Checks#method}.
     *
     * @param className empty for {@code Hooks.java}
     */
    public record Name(Optional<String> className, String method) {
        /** @throws ConfigException under this path when it is neither */
        public static Name parse(String path, String text) {
            int hash = text.indexOf('#');
            Name name = hash < 0
                    ? new Name(Optional.empty(), text)
                    : new Name(Optional.of(text.substring(0, hash)), text.substring(hash + 1));
            if (name.method.isBlank()
                    || name.method.indexOf('#') >= 0
                    || name.className.map(String::isBlank).orElse(false)) {
                throw new ConfigException(
                        path,
                        "\"" + text + "\" names no method. Write METHOD for one of " + HookClass.FILE
                                + ", or CLASS#METHOD, such as com.example.Checks#judge, for one of the blueprint's plugin.");
            }
            return name;
        }
    }

    /** Whether the file is there. */
    public boolean hasFile() {
        return Files.isRegularFile(file());
    }

    public Path file() {
        return taskDirectory.resolve(HookClass.FILE);
    }

    /**
     * The class that the name means, loaded; none of its code is run.
     *
     * @param path for what is wrong with a plugin's class
     * @throws ConfigException when there is no such class, or it cannot be used
     */
    public HookClass load(String path, Name name) {
        return name.className()
                .map(className -> ofPlugin(path, className))
                .orElseGet(() -> HookClass.compile(taskDirectory));
    }

    private HookClass ofPlugin(String path, String className) {
        Class<?> known =
                plugin.orElseThrow(() -> new ConfigException(path, "there is no blueprint in whose plugin to look."));
        @Nullable Path place = place(known);
        String where = "the blueprint's plugin" + (place == null ? "" : " (\"" + place + "\")");
        try {
            Class<?> type = Class.forName(className, false, known.getClassLoader());
            if (type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader()) {
                throw new ConfigException(
                        path, "the class \"" + className + "\" is the JDK's; name one of " + where + ".");
            }
            return HookClass.ofPlugin(type);
        } catch (ClassNotFoundException e) {
            throw new ConfigException(
                    path,
                    "there is no class \"" + className + "\" in " + where + "; " + hint(className, classes(place)));
        } catch (LinkageError e) {
            throw new ConfigException(
                    path,
                    "the class \"" + className + "\" of " + where + " cannot be loaded (" + e
                            + "). Is all that it uses in the jar?");
        }
    }

    private static String hint(String className, List<String> known) {
        return known.stream()
                .filter(name -> name.endsWith("." + className))
                .findFirst()
                .or(() -> NearestName.of(className, known))
                .map(name -> "did you mean \"" + name + "\"?")
                .orElse("write its name with its package, such as com.example.Checks#judge.");
    }

    private static @Nullable Path place(Class<?> plugin) {
        CodeSource source = plugin.getProtectionDomain().getCodeSource();
        try {
            return source == null ? null : Path.of(source.getLocation().toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }

    /** Those that have names of their own, to find what may have been meant. */
    private static List<String> classes(@Nullable Path jar) {
        if (jar == null || !Files.isRegularFile(jar)) {
            return List.of();
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && name.indexOf('$') < 0)
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
