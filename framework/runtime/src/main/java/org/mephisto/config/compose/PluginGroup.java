package org.mephisto.config.compose;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The groups of {@code mephisto} whose keys depend on a chosen type. */
public enum PluginGroup {
    BLUEPRINT,
    ARCHITECT,
    PROVIDER,
    DATABASE;

    /** The group's key under {@code mephisto}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The key within the group that holds the type. */
    public String typeKey() {
        return "_" + key() + "_type";
    }

    /** The group's path, such as {@code mephisto.blueprint}. */
    public String path() {
        return "mephisto." + key();
    }

    /** The group of a Hydra choice such as {@code mephisto/blueprint}. */
    static Optional<PluginGroup> ofChoice(String choice) {
        return Arrays.stream(values())
                .filter(group -> choice.equals("mephisto/" + group.key()))
                .findFirst();
    }

    static List<String> choices() {
        return Arrays.stream(values()).map(group -> "mephisto/" + group.key()).toList();
    }
}
