package org.mephisto.registry;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that someone who mistyped probably meant. */
final class NearestName {
    private NearestName() {}

    /** The known name with the fewest letters changed, unless more than a third of them are. */
    static Optional<String> of(String mistyped, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(mistyped, name) <= Math.max(1, Math.max(mistyped.length(), name.length()) / 3))
                .min(Comparator.comparingInt((String name) -> distance(mistyped, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Letters to insert, delete or replace to make one of the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
