package org.mephisto.registry;

import org.mephisto.spi.architect.ArchitectFactory;
import org.mephisto.spi.blueprint.BlueprintFactory;
import org.mephisto.spi.provider.CrowdProviderFactory;

/** The three extension points. */
enum ExtensionPointKind {
    BLUEPRINT("blueprint", BlueprintFactory.class),
    ARCHITECT("architect", ArchitectFactory.class),
    PROVIDER("provider", CrowdProviderFactory.class);

    private final String word;
    private final Class<?> type;

    ExtensionPointKind(String word, Class<?> type) {
        this.word = word;
        this.type = type;
    }

    /** What users call it. */
    String word() {
        return word;
    }

    /** The file in a jar that names the classes which extend this point. */
    String serviceFile() {
        return "META-INF/services/" + type.getName();
    }

    boolean isExtendedBy(Class<?> extension) {
        return type.isAssignableFrom(extension);
    }

    String typeName() {
        return type.getSimpleName();
    }
}
