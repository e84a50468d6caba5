package org.mephisto.agreement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** What workers said of items; who has not said anything of an item has no rating there. Immutable. */
public record Ratings(List<Rating> all) {
    public Ratings {
        all = List.copyOf(all);
    }

    /**
     * One value for one item.
     *
     * @param item the assignment
     * @param worker who said so
     * @param value what they said, as text
     */
    public record Rating(String item, String worker, String value) {}

    /** The ratings of each item, items in the order of their first rating. */
    public Map<String, List<Rating>> byItem() {
        Map<String, List<Rating>> items = new LinkedHashMap<>();
        all.forEach(rating ->
                items.computeIfAbsent(rating.item(), item -> new ArrayList<>()).add(rating));
        return Collections.unmodifiableMap(items);
    }

    /** The items that can show agreement: those with two ratings or more. */
    public List<List<Rating>> compared() {
        return byItem().values().stream().filter(ratings -> ratings.size() > 1).toList();
    }

    public SortedSet<String> workers() {
        SortedSet<String> workers = new TreeSet<>();
        all.forEach(rating -> workers.add(rating.worker()));
        return workers;
    }

    /** The values that occur, in the order of their texts, numbers by size. */
    public SortedSet<String> values() {
        SortedSet<String> values = new TreeSet<>(ValueOrder.NATURAL);
        all.forEach(rating -> values.add(rating.value()));
        return values;
    }
}
