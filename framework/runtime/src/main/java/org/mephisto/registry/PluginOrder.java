package org.mephisto.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pf4j.PluginDependency;

/** Puts plugins in an order in which each comes after those it depends on. Confined to one thread. */
final class PluginOrder {
    private final PluginVersions versions;
    private final Map<String, PluginCandidate> byId = new LinkedHashMap<>();

    /** @param loaded the plugins that are loaded already */
    PluginOrder(PluginVersions versions, Collection<PluginCandidate> loaded) {
        this.versions = versions;
        loaded.forEach(candidate -> byId.put(candidate.id(), candidate));
    }

    /**
     * Refuses those that cannot be loaded because of each other.
     *
     * @param candidates described and checked by themselves, by file name
     * @return the others, in order
     */
    List<PluginCandidate> order(List<PluginCandidate> candidates) {
        for (PluginCandidate candidate : candidates) {
            PluginCandidate first = byId.putIfAbsent(candidate.id(), candidate);
            if (first != null) {
                candidate.refuse("plugin \"" + candidate.id() + "\" is already there, in \"" + first.fileName()
                        + "\". Keep one of the two jars.");
            }
        }

        refuseWithoutDependencies(candidates);
        refuseCycles(candidates);
        refuseWithoutDependencies(candidates);

        Set<PluginCandidate> ordered = new LinkedHashSet<>();
        candidates.stream()
                .filter(candidate -> !candidate.isRefused())
                .forEach(candidate -> append(candidate, ordered));
        ordered.retainAll(candidates);
        return List.copyOf(ordered);
    }

    private void refuseWithoutDependencies(List<PluginCandidate> candidates) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (PluginCandidate candidate : candidates) {
                Optional<String> reason = candidate.isRefused() ? Optional.empty() : lack(candidate);
                reason.ifPresent(candidate::refuse);
                changed |= reason.isPresent();
            }
        }
    }

    private Optional<String> lack(PluginCandidate candidate) {
        return candidate.descriptor().getDependencies().stream()
                .flatMap(dependency -> lack(dependency).stream())
                .findFirst();
    }

    private Optional<String> lack(PluginDependency dependency) {
        PluginCandidate found = byId.get(dependency.getPluginId());
        String needs = "it needs plugin \"" + dependency.getPluginId() + "\"";
        if (found == null || found.isRefused()) {
            return dependency.isOptional()
                    ? Optional.empty()
                    : Optional.of(
                            found == null
                                    ? needs + ", which is not in the plugins folder. Put its jar there too."
                                    : needs + ", which was refused itself (\"" + found.fileName()
                                            + "\"). Mend that one first.");
        }
        String version = found.descriptor().getVersion();
        try {
            return versions.satisfies(version, dependency.getPluginVersionSupport())
                    ? Optional.empty()
                    : Optional.of(needs + " in version \"" + dependency.getPluginVersionSupport() + "\", and \""
                            + found.fileName() + "\" has version \"" + version + "\". Get versions that fit together.");
        } catch (IllegalArgumentException e) {
            return Optional.of(needs + " in version \"" + dependency.getPluginVersionSupport()
                    + "\", which is not a version. Write for instance \"" + dependency.getPluginId() + "@>=" + version
                    + "\" under Plugin-Dependencies.");
        }
    }

    private void refuseCycles(List<PluginCandidate> candidates) {
        Map<PluginCandidate, String> cycles = new LinkedHashMap<>();
        for (PluginCandidate candidate : candidates) {
            if (!candidate.isRefused()) {
                List<String> way = new ArrayList<>();
                if (findWay(candidate, candidate, new HashSet<>(), way)) {
                    cycles.put(candidate, String.join(" -> ", way.reversed()));
                }
            }
        }
        cycles.forEach((member, way) -> member.refuse("it depends on itself: " + member.id() + " -> " + way
                + ". Take one of these out of its Plugin-Dependencies."));
    }

    /** @param way where there is one, the ids on it, last first */
    private boolean findWay(PluginCandidate from, PluginCandidate to, Set<PluginCandidate> seen, List<String> way) {
        for (PluginCandidate next : dependencies(from)) {
            if (next == to || (seen.add(next) && findWay(next, to, seen, way))) {
                way.add(next.id());
                return true;
            }
        }
        return false;
    }

    private void append(PluginCandidate candidate, Set<PluginCandidate> ordered) {
        if (!ordered.contains(candidate)) {
            dependencies(candidate).forEach(dependency -> append(dependency, ordered));
            ordered.add(candidate);
        }
    }

    private List<PluginCandidate> dependencies(PluginCandidate candidate) {
        return candidate.descriptor().getDependencies().stream()
                .flatMap(dependency -> Optional.ofNullable(byId.get(dependency.getPluginId())).stream())
                .filter(dependency -> !dependency.isRefused())
                .toList();
    }
}
