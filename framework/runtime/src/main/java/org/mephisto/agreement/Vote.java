package org.mephisto.agreement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mephisto.agreement.Ratings.Rating;

/**
 * What most said of an item.
 *
 * @param counts how many said each value
 * @param winners the value that most said; several where they tie, in their order
 */
public record Vote(String item, SortedMap<String, Integer> counts, List<String> winners) {
    public Vote {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        winners = List.copyOf(winners);
    }

    public boolean isTied() {
        return winners.size() > 1;
    }

    /** The vote on each item, items in the order of their first rating. */
    public static List<Vote> all(Ratings ratings) {
        List<Vote> votes = new ArrayList<>();
        ratings.byItem().forEach((item, said) -> votes.add(of(item, said)));
        return List.copyOf(votes);
    }

    private static Vote of(String item, List<Rating> said) {
        SortedMap<String, Integer> counts = new TreeMap<>(ValueOrder.NATURAL);
        said.forEach(rating -> counts.merge(rating.value(), 1, Integer::sum));
        int most = Collections.max(counts.values());
        return new Vote(
                item,
                counts,
                counts.entrySet().stream()
                        .filter(count -> count.getValue() == most)
                        .map(Map.Entry::getKey)
                        .toList());
    }
}
