package org.mephisto.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mephisto.config.bind.NearestName;
import org.mephisto.config.bind.OptionDescription;
import org.mephisto.config.compose.PluginGroup;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.store.DatabaseConfig;

/** The types and options of each group, whichever way the plugins name them. */
record TypeChoices(PluginTypes plugins) {
    /** The groups whose types are plugins. */
    static final List<PluginGroup> PLUGIN_GROUPS =
            List.of(PluginGroup.BLUEPRINT, PluginGroup.ARCHITECT, PluginGroup.PROVIDER);

    Set<String> names(PluginGroup group) {
        return switch (group) {
            case BLUEPRINT -> plugins.blueprintTypes();
            case ARCHITECT -> plugins.architectTypes();
            case PROVIDER -> plugins.providerTypes();
            case DATABASE -> Set.of();
        };
    }

    /** The record of the options that only this type has; empty when there is no such type. */
    Optional<Class<? extends Record>> ownOptions(PluginGroup group, String type) {
        return switch (group) {
            case BLUEPRINT -> plugins.blueprintConfig(type);
            case ARCHITECT -> plugins.architectConfig(type);
            case PROVIDER -> plugins.providerConfig(type);
            case DATABASE -> Optional.empty();
        };
    }

    /** A class of the blueprint's plugin; empty when there is no such type. */
    Optional<Class<?>> blueprintCode(String type) {
        return plugins.blueprintCode(type);
    }

    /** The record of the options that every type of the group has. */
    static Class<? extends Record> sharedOptions(PluginGroup group) {
        return switch (group) {
            case BLUEPRINT -> BlueprintArgs.class;
            case ARCHITECT -> ArchitectArgs.class;
            case PROVIDER -> ProviderArgs.class;
            case DATABASE -> DatabaseConfig.class;
        };
    }

    List<OptionDescription> describe(PluginGroup group, String type) {
        Stream<OptionDescription> shared = OptionDescription.of(sharedOptions(group)).stream();
        if (group == PluginGroup.DATABASE) {
            return shared.toList();
        }
        Class<? extends Record> own = ownOptions(group, type)
                .orElseThrow(() -> new ConfigException(group.path() + "." + group.typeKey(), unknown(group, type)));
        return Stream.concat(shared, OptionDescription.of(own).stream()).toList();
    }

    String unknown(PluginGroup group, String type) {
        Set<String> known = names(group);
        String all = known.isEmpty()
                ? "none"
                : String.join(", ", known.stream().sorted().toList());
        String near = NearestName.of(type, known)
                .map(name -> "did you mean \"" + name + "\"? ")
                .orElse("");
        return "there is no " + group.key() + " \"" + type + "\"; " + near + "Known are: " + all
                + ". \"mephisto plugins\" shows what is loaded, and what was refused and why.";
    }

    String missing(PluginGroup group) {
        return "no " + group.key() + " is chosen; write " + group.typeKey() + " with one of: "
                + String.join(", ", names(group).stream().sorted().toList()) + ".";
    }
}
