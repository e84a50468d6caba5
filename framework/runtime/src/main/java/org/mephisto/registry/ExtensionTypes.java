package org.mephisto.registry;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.mephisto.config.bind.NearestName;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/** The types of one extension point by name. Thread-safe. */
final class ExtensionTypes<F> {
    private record Entry<F>(F factory, String origin) {}

    private final ExtensionPointKind kind;
    private final ConcurrentSkipListMap<String, Entry<F>> byName = new ConcurrentSkipListMap<>();

    ExtensionTypes(ExtensionPointKind kind) {
        this.kind = kind;
    }

    /**
     * Adds a type unless its name is taken.
     *
     * @param origin where it came from, for messages
     * @return what stands in the way
     */
    Optional<String> add(String name, F factory, String origin) {
        @Nullable Entry<F> first = byName.putIfAbsent(name, new Entry<>(factory, origin));
        return first == null
                ? Optional.empty()
                : Optional.of(kind.word() + " type \"" + name + "\" is already there, from " + first.origin()
                        + ". Keep one of the two.");
    }

    /** @throws MephistoException {@code NOT_FOUND} naming the known types */
    F require(String name) {
        @Nullable Entry<F> entry = byName.get(name);
        if (entry != null) {
            return entry.factory();
        }
        String known = byName.isEmpty() ? "There are none." : "Known are: " + String.join(", ", names()) + ".";
        String nearest = NearestName.of(name, names())
                .map(near -> " Did you mean \"" + near + "\"?")
                .orElse("");
        throw new MephistoException(
                ErrorCode.NOT_FOUND,
                "There is no " + kind.word() + " type \"" + name + "\"." + nearest + " " + known
                        + " \"mephisto plugins\" shows where they come from and what was refused.");
    }

    /** In alphabetical order. */
    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    void clear() {
        byName.clear();
    }
}
