package org.mephisto.boot;

import java.util.Optional;
import java.util.Set;
import org.mephisto.config.PluginTypes;
import org.mephisto.registry.Registry;

/** Tells the configuration which plugin types there are, and what their options look like. */
record RegisteredTypes(Registry registry) implements PluginTypes {
    @Override
    public Set<String> blueprintTypes() {
        return Set.copyOf(registry.blueprintTypes());
    }

    @Override
    public Optional<Class<? extends Record>> blueprintConfig(String type) {
        return blueprintTypes().contains(type)
                ? Optional.of(registry.getBlueprintFromType(type).configType())
                : Optional.empty();
    }

    @Override
    public Optional<Class<?>> blueprintCode(String type) {
        return blueprintTypes().contains(type)
                ? Optional.of(registry.getBlueprintFromType(type).getClass())
                : Optional.empty();
    }

    @Override
    public Set<String> architectTypes() {
        return Set.copyOf(registry.architectTypes());
    }

    @Override
    public Optional<Class<? extends Record>> architectConfig(String type) {
        return architectTypes().contains(type)
                ? Optional.of(registry.getArchitectFromType(type).configType())
                : Optional.empty();
    }

    @Override
    public Set<String> providerTypes() {
        return Set.copyOf(registry.crowdProviderTypes());
    }

    @Override
    public Optional<Class<? extends Record>> providerConfig(String type) {
        return providerTypes().contains(type)
                ? Optional.of(registry.getCrowdProviderFromType(type).configType())
                : Optional.empty();
    }
}
