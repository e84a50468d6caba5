package org.mephisto.config.hooks;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mephisto.config.bind.NearestName;
import org.mephisto.isolation.HostView;
import org.mephisto.spi.config.ConfigException;

/** A class whose methods are functions of a run: the compiled {@code Hooks.java} of its task, or one of its plugin. Immutable. */
public final class HookClass {
    /** What the file is called, and its class without {@code .java}. */
    public static final String FILE = "Hooks.java";

    private static final String NAME = "Hooks";

    private final String home;
    private final Class<?> type;
    private final List<Method> methods;

    private HookClass(String home, Class<?> type) {
        this.home = home;
        this.type = type;
        this.methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic())
                .sorted(Comparator.comparing(Method::toString))
                .toList();
    }

    /** A class of a plugin. */
    static HookClass ofPlugin(Class<?> type) {
        return new HookClass(type.getName(), type);
    }

    /**
     * Compiles and loads the file of this folder. None of its code is run.
     *
     * @throws ConfigException when it is missing, or with all of the compiler's errors
     */
    public static HookClass compile(Path taskDirectory) {
        Path file = taskDirectory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new ConfigException(
                    FILE, "is missing: {java: ...} names one of its methods. Put it at \"" + file + "\".");
        }
        return compile(file, HookCompiler.read(file));
    }

    private static HookClass compile(Path file, String source) {
        Map<String, byte[]> classes = HookCompiler.compile(file, source);
        String name = classes.keySet().stream()
                .filter(each -> each.equals(NAME) || each.endsWith("." + NAME))
                .findFirst()
                .orElseThrow(() -> new ConfigException(
                        FILE,
                        "has no class \"" + NAME + "\"; it must be called like the file: public class Hooks {...}"));
        try {
            return new HookClass(
                    FILE, new Memory(new HostView(HookClass.class.getClassLoader()), classes).loadClass(name));
        } catch (ClassNotFoundException | LinkageError e) {
            throw new ConfigException(
                    FILE,
                    "cannot be loaded (" + e
                            + "). It may use the JDK, the plugin interface (org.mephisto.spi), Jackson and SLF4J.");
        }
    }

    /** Sees the class files that were just compiled, and the host as plugins do. */
    private static final class Memory extends ClassLoader {
        private final Map<String, byte[]> classes;

        Memory(HostView host, Map<String, byte[]> classes) {
            super("hooks", host);
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    /**
     * The method of this name that takes what the function is given. Where several do, the one that takes most.
     *
     * @throws ConfigException under this path when there is none, saying what it may look like
     */
    public HookMethod require(String path, String name, HookSignature signature) {
        List<Method> named =
                methods.stream().filter(method -> method.getName().equals(name)).toList();
        if (named.isEmpty()) {
            List<String> names =
                    methods.stream().map(Method::getName).distinct().toList();
            throw new ConfigException(
                    path,
                    home + " has no method \"" + name + "\"; " + NearestName.hint(name, names) + " It may be: "
                            + signature.example(name));
        }
        List<HookMethod> fitting = new ArrayList<>();
        for (Method method : named) {
            fit(method, signature).ifPresent(fitting::add);
        }
        return fitting.stream()
                .max(Comparator.comparingInt(method -> method.taken().size()))
                .orElseThrow(() -> new ConfigException(
                        path,
                        "the method \"" + named.getFirst().toGenericString() + "\" of " + home + " cannot be used for "
                                + signature.function() + ". It may be: " + signature.example(name)
                                + ", or take less of that."));
    }

    private Optional<HookMethod> fit(Method method, HookSignature signature) {
        List<HookSignature.Given> left = new ArrayList<>(signature.given());
        List<HookSignature.Given> taken = new ArrayList<>();
        for (Class<?> wanted : method.getParameterTypes()) {
            Optional<HookSignature.Given> match =
                    left.stream().filter(given -> given.fits(wanted)).findFirst();
            if (match.isEmpty()) {
                return Optional.empty();
            }
            left.remove(match.get());
            taken.add(match.get());
        }
        return signature.answer().fits(method.getReturnType())
                ? Optional.of(new HookMethod(home, method, taken))
                : Optional.empty();
    }

    /** @throws ConfigException when {@link #newInstance} cannot make an object; none of its code is run */
    public void requireConstructor() {
        constructor();
    }

    private Constructor<?> constructor() {
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            throw new ConfigException(
                    home, "is abstract, so there can be no object to call methods of. Name another class.");
        }
        try {
            return type.getDeclaredConstructor();
        } catch (NoSuchMethodException e) {
            throw new ConfigException(home, "has no constructor without parameters. Add one, or take the others out.");
        }
    }

    /**
     * A new object of the class, made with its constructor without parameters; on it a run's methods are called.
     *
     * @throws ConfigException when there is no such constructor, or it throws
     */
    public Object newInstance() {
        Constructor<?> constructor = constructor();
        try {
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (InvocationTargetException | ExceptionInInitializerError e) {
            @Nullable Throwable cause = e.getCause();
            throw new ConfigException(home, "its constructor failed: " + (cause == null ? e : cause) + place(cause));
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new ConfigException(home, "no object of its class can be made: " + e);
        }
    }

    private String place(@Nullable Throwable failure) {
        return failure == null
                ? ""
                : Arrays.stream(failure.getStackTrace())
                        .filter(frame -> frame.getClassName().equals(type.getName()))
                        .findFirst()
                        .map(frame -> " (line " + frame.getLineNumber() + ")")
                        .orElse("");
    }
}
