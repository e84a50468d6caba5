package org.mephisto.registry;

import java.io.IOException;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDescriptor;

/** Reads who a plugin is from its jar's manifest. */
final class PluginDescriptors extends ManifestPluginDescriptorFinder {
    /** Describes the candidate, or refuses it. */
    void describe(PluginCandidate candidate) {
        try (JarFile jar = new JarFile(candidate.jar().toFile(), false)) {
            Manifest manifest = jar.getManifest();
            PluginDescriptor descriptor = createPluginDescriptor(manifest == null ? new Manifest() : manifest);
            if (descriptor.getPluginId() == null || descriptor.getPluginId().isBlank()) {
                candidate.refuse(
                        "its manifest has no Plugin-Id. A plugin's META-INF/MANIFEST.MF has Plugin-Id, Plugin-Version"
                                + " and Plugin-Requires, as in the plugin template; move the jar elsewhere if it is no plugin.");
                return;
            }
            candidate.describedBy(descriptor);
        } catch (IOException e) {
            candidate.refuse("it cannot be read as a jar (" + e.getMessage() + "). Build or copy it again.");
        }
    }
}
