package org.mephisto.registry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pf4j.DefaultVersionManager;
import org.pf4j.PluginDescriptor;

/**
 * Compares versions. Immutable.
 *
 * <p>{@code Plugin-Requires: 1.2.0} means that the plugin was compiled against that SPI: it works with the same major version, at least
 * that old; while the major version is 0, with the same minor version. An expression such as {@code >=1.2.0 & <3.0.0} means itself.
 */
final class PluginVersions extends DefaultVersionManager {
    private static final Pattern PLAIN = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)([-+].*)?");

    private final String spiVersion;

    PluginVersions(String spiVersion) {
        this.spiVersion = spiVersion;
    }

    /** Refuses a candidate whose version is none, or that needs another SPI. */
    void check(PluginCandidate candidate) {
        PluginDescriptor descriptor = candidate.descriptor();
        String version = descriptor.getVersion();
        if (version == null) {
            candidate.refuse("its manifest has no Plugin-Version. Add one such as \"1.0.0\".");
        } else if (!isVersion(version)) {
            candidate.refuse(
                    "its Plugin-Version \"" + version + "\" is not a version. Write three numbers, such as \"1.0.0\".");
        } else {
            checkRequires(candidate, descriptor.getRequires().strip());
        }
    }

    private void checkRequires(PluginCandidate candidate, String requires) {
        try {
            if (!fits(requires)) {
                candidate.refuse("it requires the plugin interface \"" + requires + "\", and this is \"" + spiVersion
                        + "\". Get the plugin in a version for this one, or build it again against it.");
            }
        } catch (IllegalArgumentException e) {
            candidate.refuse(
                    "its Plugin-Requires \"" + requires + "\" is not a version. Write the version of mephisto-spi"
                            + " it is compiled against, such as \"" + spiVersion + "\".");
        }
    }

    private boolean fits(String requires) {
        Matcher built = PLAIN.matcher(requires);
        Matcher here = PLAIN.matcher(spiVersion);
        if (!built.matches() || !here.matches()) {
            return satisfies(spiVersion, requires);
        }
        boolean sameLine = built.group(1).equals(here.group(1))
                && (!built.group(1).equals("0") || built.group(2).equals(here.group(2)));
        return sameLine && compareVersions(spiVersion, requires) >= 0;
    }

    /** PF4J's expressions, and versions with a suffix such as {@code 1.0.0-beta}, which those cannot hold. */
    @Override
    public boolean checkVersionConstraint(String version, String constraint) {
        return PLAIN.matcher(constraint).matches()
                ? compareVersions(version, constraint) == 0
                : super.checkVersionConstraint(version, constraint);
    }

    /** @throws IllegalArgumentException when the constraint is none */
    boolean satisfies(String version, String constraint) {
        try {
            return checkVersionConstraint(version, constraint);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(constraint, e);
        }
    }

    private boolean isVersion(String version) {
        try {
            return compareVersions(version, version) == 0;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
