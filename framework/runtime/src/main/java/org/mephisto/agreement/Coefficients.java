package org.mephisto.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dkpro.statistics.agreement.coding.CodingAnnotationStudy;
import org.dkpro.statistics.agreement.coding.CohenKappaAgreement;
import org.dkpro.statistics.agreement.coding.FleissKappaAgreement;
import org.dkpro.statistics.agreement.coding.KrippendorffAlphaAgreement;
import org.dkpro.statistics.agreement.coding.PercentageAgreement;
import org.dkpro.statistics.agreement.distance.IDistanceFunction;
import org.dkpro.statistics.agreement.distance.IntervalDistanceFunction;
import org.dkpro.statistics.agreement.distance.NominalDistanceFunction;
import org.mephisto.agreement.Ratings.Rating;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/**
 * Measures of agreement. All but Cohen's kappa look at what was said of an item and not at who said it, so that they hold for crowds in
 * which everybody does other items.
 */
public final class Coefficients {
    private static final String NOTHING_TO_COMPARE = "no item has two ratings or more";
    private static final String ALL_THE_SAME = "all ratings are the same, so chance would agree as well";

    private Coefficients() {}

    /** The share of agreeing pairs among the ratings of an item, over all items with two ratings or more. */
    public static Coefficient percentAgreement(Ratings ratings) {
        List<List<Rating>> compared = ratings.compared();
        if (compared.isEmpty()) {
            return Coefficient.none(NOTHING_TO_COMPARE);
        }
        String basis = items(compared.size());
        return distinct(compared) == 1
                ? Coefficient.of(1, basis)
                : Coefficient.of(new PercentageAgreement(study(compared, Rating::value)).calculateAgreement(), basis);
    }

    /** Cohen's kappa of two workers over the items that both have rated. */
    public static Coefficient cohensKappa(Ratings ratings) {
        SortedSet<String> workers = ratings.workers();
        if (workers.size() != 2) {
            return Coefficient.none("is for two workers, and there are " + workers.size());
        }
        List<List<Rating>> compared = ratings.compared();
        if (compared.stream()
                .anyMatch(item -> item.size() > 2
                        || item.getFirst().worker().equals(item.getLast().worker()))) {
            return Coefficient.none("is for one rating of each worker, and there are items with more");
        }
        if (compared.isEmpty()) {
            return Coefficient.none("no item was rated by both workers");
        }
        if (distinct(compared) == 1) {
            return Coefficient.none(ALL_THE_SAME);
        }
        CodingAnnotationStudy study = new CodingAnnotationStudy(2);
        for (List<Rating> item : compared) {
            study.addItem(item.stream()
                    .sorted(Comparator.comparing(Rating::worker))
                    .map(Rating::value)
                    .toArray());
        }
        return Coefficient.of(new CohenKappaAgreement(study).calculateAgreement(), items(compared.size()));
    }

    /** Fleiss' kappa over the items with the most frequent number of ratings, as it is defined for one number only. */
    public static Coefficient fleissKappa(Ratings ratings) {
        List<List<Rating>> compared = ratings.compared();
        Map<Integer, Long> sizes =
                compared.stream().collect(Collectors.groupingBy(List::size, TreeMap::new, Collectors.counting()));
        if (sizes.isEmpty()) {
            return Coefficient.none(NOTHING_TO_COMPARE);
        }
        int size = sizes.entrySet().stream()
                .max(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
        List<List<Rating>> used =
                compared.stream().filter(item -> item.size() == size).toList();
        String basis = items(used.size()) + " with " + size + " ratings"
                + (used.size() < compared.size()
                        ? "; " + (compared.size() - used.size()) + " with another number left out"
                        : "");
        return distinct(used) == 1
                ? Coefficient.none(ALL_THE_SAME)
                : Coefficient.of(new FleissKappaAgreement(study(used, Rating::value)).calculateAgreement(), basis);
    }

    /**
     * Krippendorff's alpha over all items with two ratings or more.
     *
     * @param order the ranks from low to high, for {@link Level#ORDINAL}; empty where the values are numbers
     * @throws MephistoException {@code INVALID_INPUT} naming a value that is no number, or has no rank
     */
    public static Coefficient krippendorffsAlpha(Ratings ratings, Level level, List<String> order) {
        List<List<Rating>> compared = ratings.compared();
        if (compared.isEmpty()) {
            return Coefficient.none(NOTHING_TO_COMPARE);
        }
        if (distinct(compared) == 1) {
            return Coefficient.none(ALL_THE_SAME);
        }
        CodingAnnotationStudy study = switch (level) {
            case NOMINAL -> study(compared, Rating::value);
            case ORDINAL -> study(compared, ranks(ratings, order));
            case INTERVAL -> study(compared, rating -> number(rating.value(), "interval"));
        };
        IDistanceFunction distance = switch (level) {
            case NOMINAL -> new NominalDistanceFunction();
            case ORDINAL -> ordinal(study);
            case INTERVAL -> new IntervalDistanceFunction();
        };
        return Coefficient.of(
                new KrippendorffAlphaAgreement(study, distance).calculateAgreement(), items(compared.size()));
    }

    private static Function<Rating, Object> ranks(Ratings ratings, List<String> order) {
        Map<String, Integer> ranks = new HashMap<>();
        if (order.isEmpty()) {
            TreeMap<Double, List<String>> bySize = new TreeMap<>();
            ratings.values()
                    .forEach(value -> bySize.computeIfAbsent(number(value, "ordinal"), size -> new ArrayList<>())
                            .add(value));
            bySize.values().forEach(same -> {
                int rank = ranks.size();
                same.forEach(value -> ranks.put(value, rank));
            });
        } else {
            order.forEach(value -> ranks.putIfAbsent(value, ranks.size()));
        }
        return rating -> {
            Integer rank = ranks.get(rating.value());
            if (rank == null) {
                throw new MephistoException(
                        ErrorCode.INVALID_INPUT,
                        "The value \"" + rating.value() + "\" is not in the order " + String.join(", ", order)
                                + ". Name all values from low to high.");
            }
            return rank;
        };
    }

    private static double number(String value, String level) {
        return ValueOrder.number(value)
                .orElseThrow(() -> new MephistoException(
                        ErrorCode.INVALID_INPUT,
                        "The value \"" + value + "\" is no number, which the level " + level + " needs."
                                + (level.equals("ordinal") ? " Name the values from low to high with --order." : "")));
    }

    /**
     * Half of those who are at either rank and all between, squared (Krippendorff 2011). DKPro's own counts the whole study for each pair
     * of ranks, which takes minutes where there are many.
     */
    private static IDistanceFunction ordinal(CodingAnnotationStudy study) {
        Map<Object, Integer> counts = CodingAnnotationStudy.countTotalAnnotationsPerCategory(study);
        int top =
                counts.keySet().stream().mapToInt(rank -> (Integer) rank).max().orElse(0);
        double[] middle = new double[top + 1];
        double below = 0;
        for (int rank = 0; rank <= top; rank++) {
            int here = counts.getOrDefault(rank, 0);
            middle[rank] = below + here / 2.0;
            below += here;
        }
        return (same, one, other) -> Math.pow(middle[(Integer) one] - middle[(Integer) other], 2);
    }

    private static CodingAnnotationStudy study(List<List<Rating>> items, Function<Rating, ?> value) {
        int most = items.stream().mapToInt(List::size).max().orElse(0);
        CodingAnnotationStudy study = new CodingAnnotationStudy(most);
        for (List<Rating> item : items) {
            study.addItem(Arrays.copyOf(item.stream().map(value).toArray(), most));
        }
        return study;
    }

    private static long distinct(List<List<Rating>> items) {
        return items.stream()
                .flatMap(List::stream)
                .map(Rating::value)
                .distinct()
                .limit(2)
                .count();
    }

    private static String items(int count) {
        return count == 1 ? "1 item" : count + " items";
    }
}
