package org.mephisto.config.state;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mephisto.config.bind.Problems;
import org.mephisto.config.hooks.HookCalls;
import org.mephisto.config.hooks.HookClass;
import org.mephisto.config.hooks.HookPlaces;
import org.mephisto.config.hooks.HookPlaces.Name;
import org.mephisto.config.hooks.HookSignature;
import org.mephisto.spi.config.ConfigException;

/**
 * The functions of one run that are methods: of {@code Hooks.java}, or of classes of the blueprint's plugin. Each class has one object a
 * run, made when the first of its methods is asked for. Confined to the launching thread until {@link #close}, which frees the objects.
 */
final class JavaFunctions implements AutoCloseable {
    private final HookPlaces places;
    private final Map<Optional<String>, Used> classes = new HashMap<>();

    JavaFunctions(HookPlaces places) {
        this.places = places;
    }

    private record Used(HookClass type, HookCalls calls) {}

    /** One that the configuration names. */
    record Named(String path, String java, HookSignature signature) {}

    /** @throws ConfigException when there is no such method, or no object to call it of can be made */
    JavaFunction find(Named named, Duration timeout) {
        Name name = Name.parse(named.path(), named.java());
        Used used = classes.computeIfAbsent(name.className(), key -> {
            HookClass type = places.load(named.path(), name);
            return new Used(type, new HookCalls(type.newInstance()));
        });
        return new JavaFunction(
                used.calls(), used.type().require(named.path(), name.method(), named.signature()), timeout);
    }

    @Override
    public void close() {
        classes.values().forEach(used -> used.calls().close());
    }

    /** Adds what is wrong with them to a report. None of their code is run. */
    static void check(List<Named> all, HookPlaces places, Problems problems) {
        Map<Optional<String>, Optional<HookClass>> loaded = new HashMap<>();
        for (Named named : all) {
            try {
                Name name = Name.parse(named.path(), named.java());
                if (name.className().isPresent() && places.plugin().isEmpty()) {
                    continue; // that there is no such blueprint is told already
                }
                if (name.className().isEmpty() && !places.hasFile()) {
                    problems.add(
                            named.path(),
                            "names a method of " + HookClass.FILE + ", which is missing. Put it at \"" + places.file()
                                    + "\", write CLASS#METHOD for one of the blueprint's plugin, or give {url: ...}.");
                    continue;
                }
                if (!loaded.containsKey(name.className())) {
                    loaded.put(name.className(), load(named, name, places, problems));
                }
                loaded.get(name.className())
                        .ifPresent(type -> type.require(named.path(), name.method(), named.signature()));
            } catch (ConfigException e) {
                problems.addAll(e);
            }
        }
    }

    /** What is wrong with a class is told once, however many of its methods are named. */
    private static Optional<HookClass> load(Named named, Name name, HookPlaces places, Problems problems) {
        try {
            HookClass type = places.load(named.path(), name);
            type.requireConstructor();
            return Optional.of(type);
        } catch (ConfigException e) {
            problems.addAll(e);
            return Optional.empty();
        }
    }
}
