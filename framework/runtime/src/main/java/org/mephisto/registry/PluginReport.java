package org.mephisto.registry;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What became of one jar in the plugins folder. Immutable.
 *
 * @param id the plugin's name, where the jar says it
 * @param version the plugin's version, where the jar says it
 * @param blueprintTypes the types that were taken from it, in the order of its index; empty when refused
 * @param problems why it, or some of what it offers, was refused; a plain sentence each
 */
public record PluginReport(
        Path jar,
        Optional<String> id,
        Optional<String> version,
        State state,
        List<String> blueprintTypes,
        List<String> architectTypes,
        List<String> providerTypes,
        List<String> problems) {

    /** Whether a jar's plugin is in use. */
    public enum State {
        /** In use; {@link PluginReport#problems} may still name a part of it that is not. */
        LOADED,
        /** Nothing of it is in use. */
        REFUSED
    }

    public PluginReport {
        blueprintTypes = List.copyOf(blueprintTypes);
        architectTypes = List.copyOf(architectTypes);
        providerTypes = List.copyOf(providerTypes);
        problems = List.copyOf(problems);
    }
}
