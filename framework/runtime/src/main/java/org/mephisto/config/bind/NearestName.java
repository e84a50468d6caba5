package org.mephisto.config.bind;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody most likely meant. */
public final class NearestName {
    private NearestName() {}

    /** The known name with the fewest slips between it and the given one, if so few that it may be meant. */
    public static Optional<String> of(String given, Collection<String> known) {
        return of(given, known, Math.max(1, Math.min(4, given.length() / 3)));
    }

    /** Likewise, with at most this many slips. */
    public static Optional<String> of(String given, Collection<String> known, int allowed) {
        return known.stream()
                .filter(name -> slips(given, name) <= allowed)
                .min(Comparator.<String>comparingInt(name -> slips(given, name)).thenComparing(name -> name));
    }

    /** What to put behind "unknown": the nearest name, else all of them. */
    public static String hint(String given, Collection<String> known) {
        return of(given, known)
                .map(name -> "did you mean \"" + name + "\"?")
                .orElseGet(() -> known.isEmpty()
                        ? "there is none to choose from."
                        : "known are: "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
    }

    /** Letters to add, drop, change or swap with their neighbour; upper and lower case are the same. */
    private static int slips(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, cost, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int[][] cost, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
