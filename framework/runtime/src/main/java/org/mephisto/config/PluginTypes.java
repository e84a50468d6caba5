package org.mephisto.config;

import java.util.Optional;
import java.util.Set;

/** The plugin types there are, and the options of each. The registry answers; thread-safe. */
public interface PluginTypes {
    Set<String> blueprintTypes();

    Set<String> architectTypes();

    Set<String> providerTypes();

    /** The record of a blueprint's options; empty when there is no such type. */
    Optional<Class<? extends Record>> blueprintConfig(String type);

    /** A class of the blueprint's plugin, through whose loader its others are found; empty when there is no such type. */
    Optional<Class<?>> blueprintCode(String type);

    /** The record of an architect's options; empty when there is no such type. */
    Optional<Class<? extends Record>> architectConfig(String type);

    /** The record of a provider's options; empty when there is no such type. */
    Optional<Class<? extends Record>> providerConfig(String type);
}
