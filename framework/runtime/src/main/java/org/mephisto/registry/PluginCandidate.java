package org.mephisto.registry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginDescriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A jar on its way into the registry, and what is found out about it. Confined to the thread that fills the registry. */
final class PluginCandidate {
    private static final Logger log = LoggerFactory.getLogger(PluginCandidate.class);

    private final Path jar;
    private final List<String> blueprintTypes = new ArrayList<>();
    private final List<String> architectTypes = new ArrayList<>();
    private final List<String> providerTypes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private @Nullable PluginDescriptor descriptor;
    private boolean refused;

    PluginCandidate(Path jar) {
        this.jar = jar;
    }

    Path jar() {
        return jar;
    }

    String fileName() {
        return Objects.requireNonNull(jar.getFileName()).toString();
    }

    void describedBy(PluginDescriptor found) {
        descriptor = found;
    }

    PluginDescriptor descriptor() {
        return Objects.requireNonNull(descriptor, "descriptor");
    }

    String id() {
        return descriptor().getPluginId();
    }

    boolean isRefused() {
        return refused;
    }

    boolean offersTypes() {
        return !blueprintTypes.isEmpty() || !architectTypes.isEmpty() || !providerTypes.isEmpty();
    }

    /** Leaves the whole jar out. */
    void refuse(String reason) {
        refused = true;
        problems.add(reason);
    }

    /** Tells of one thing the jar offers that is left out, or of something odd. */
    void warn(String reason) {
        problems.add(reason);
    }

    /** Leaves the whole jar out for the reasons that were told one by one. */
    void refuseForWarnings() {
        refused = true;
    }

    /** Writes one line, if there is anything to tell. */
    void logProblems() {
        if (!problems.isEmpty()) {
            log.warn("Plugin jar \"{}\"{}: {}", fileName(), refused ? " refused" : "", String.join(" ", problems));
        }
    }

    /** Where the type names taken from this jar for one extension point are kept. */
    List<String> types(ExtensionPointKind kind) {
        return switch (kind) {
            case BLUEPRINT -> blueprintTypes;
            case ARCHITECT -> architectTypes;
            case PROVIDER -> providerTypes;
        };
    }

    PluginReport report() {
        Optional<PluginDescriptor> known = Optional.ofNullable(descriptor);
        return new PluginReport(
                jar,
                known.map(PluginDescriptor::getPluginId),
                known.map(PluginDescriptor::getVersion),
                refused ? PluginReport.State.REFUSED : PluginReport.State.LOADED,
                blueprintTypes,
                architectTypes,
                providerTypes,
                problems);
    }
}
