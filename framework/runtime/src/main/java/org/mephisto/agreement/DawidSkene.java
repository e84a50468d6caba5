package org.mephisto.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mephisto.agreement.Ratings.Rating;

/**
 * The most likely value of each item, with each worker's habits of error taken into account: the EM algorithm of A. P. Dawid and A. M.
 * Skene, "Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm", Applied Statistics 28 (1979), 20-28. Begins with
 * the shares of the votes, as they do, so the same ratings always give the same result.
 *
 * @param items the most likely value of each, items in the order of their first rating
 * @param prevalence how frequent each value is among the items
 * @param workers by name, for each value that is true, the shares of the values that this worker says then; all 0 where a value never
 *     seems true among the worker's items
 * @param logLikelihood of the ratings, in the end
 * @param iterations how many were run
 * @param converged whether the last one changed next to nothing; if not, the result is only as good as the iterations
 */
public record DawidSkene(
        List<Label> items,
        Map<String, Double> prevalence,
        Map<String, Map<String, Map<String, Double>>> workers,
        double logLikelihood,
        int iterations,
        boolean converged) {
    private static final int MOST_ITERATIONS = 1000;
    private static final double SMALL_CHANGE = 1e-8;

    /** @param probability how likely the value is, by the model */
    public record Label(String item, String value, double probability) {}

    /** Runs until nothing changes by more than a hundred-millionth, at most a thousand times. */
    public static DawidSkene of(Ratings ratings) {
        return of(ratings, MOST_ITERATIONS);
    }

    static DawidSkene of(Ratings ratings, int mostIterations) {
        return new Estimation(ratings).run(mostIterations);
    }

    /** The arrays of one estimation. Confined to one thread. */
    private static final class Estimation {
        private final List<String> values;
        private final List<String> workers;
        private final List<String> items;
        /** Of each item, pairs of a worker's and a value's number. */
        private final List<int[][]> said = new ArrayList<>();

        private final double[][] truth;
        private final double[] prevalence;
        private final double[][][] confusion;
        private double logLikelihood;

        Estimation(Ratings ratings) {
            values = List.copyOf(ratings.values());
            workers = List.copyOf(ratings.workers());
            Map<String, Integer> valueNumbers = numbers(values);
            Map<String, Integer> workerNumbers = numbers(workers);
            Map<String, List<Rating>> byItem = ratings.byItem();
            items = List.copyOf(byItem.keySet());
            byItem.values()
                    .forEach(of -> said.add(of.stream()
                            .map(rating ->
                                    new int[] {workerNumbers.get(rating.worker()), valueNumbers.get(rating.value())})
                            .toArray(int[][]::new)));
            truth = new double[items.size()][values.size()];
            prevalence = new double[values.size()];
            confusion = new double[workers.size()][values.size()][values.size()];
            for (int i = 0; i < truth.length; i++) {
                for (int[] rating : said.get(i)) {
                    truth[i][rating[1]] += 1.0 / said.get(i).length;
                }
            }
        }

        private static Map<String, Integer> numbers(List<String> names) {
            Map<String, Integer> numbers = new HashMap<>();
            names.forEach(name -> numbers.put(name, numbers.size()));
            return numbers;
        }

        DawidSkene run(int mostIterations) {
            int iterations = 0;
            boolean converged = items.isEmpty();
            while (!converged && iterations < mostIterations) {
                double changed = maximise();
                changed = Math.max(changed, expect());
                iterations++;
                converged = changed < SMALL_CHANGE;
            }
            Map<String, Map<String, Map<String, Double>>> matrices = new LinkedHashMap<>();
            for (int w = 0; w < workers.size(); w++) {
                Map<String, Map<String, Double>> matrix = new LinkedHashMap<>();
                for (int v = 0; v < values.size(); v++) {
                    matrix.put(values.get(v), byValue(confusion[w][v]));
                }
                matrices.put(workers.get(w), matrix);
            }
            List<Label> labels =
                    IntStream.range(0, truth.length).mapToObj(this::label).toList();
            return new DawidSkene(labels, byValue(prevalence), matrices, logLikelihood, iterations, converged);
        }

        private Map<String, Double> byValue(double[] shares) {
            Map<String, Double> named = new LinkedHashMap<>();
            for (int v = 0; v < shares.length; v++) {
                named.put(values.get(v), shares[v]);
            }
            return named;
        }

        private Label label(int i) {
            int best = 0;
            for (int v = 1; v < values.size(); v++) {
                if (truth[i][v] > truth[i][best]) {
                    best = v;
                }
            }
            return new Label(items.get(i), values.get(best), truth[i][best]);
        }

        /** Frequencies and error rates from what seems true; returns the greatest change of a frequency. */
        private double maximise() {
            double changed = 0;
            for (int v = 0; v < values.size(); v++) {
                double sum = 0;
                for (double[] item : truth) {
                    sum += item[v];
                }
                changed = Math.max(changed, Math.abs(prevalence[v] - sum / truth.length));
                prevalence[v] = sum / truth.length;
            }
            for (double[][] matrix : confusion) {
                for (double[] row : matrix) {
                    Arrays.fill(row, 0);
                }
            }
            for (int i = 0; i < truth.length; i++) {
                for (int[] rating : said.get(i)) {
                    for (int v = 0; v < values.size(); v++) {
                        confusion[rating[0]][v][rating[1]] += truth[i][v];
                    }
                }
            }
            for (double[][] matrix : confusion) {
                for (double[] row : matrix) {
                    normalise(row);
                }
            }
            return changed;
        }

        /** What seems true from frequencies and error rates; returns the greatest change. In logarithms: many small factors vanish. */
        private double expect() {
            double changed = 0;
            logLikelihood = 0;
            double[] logs = new double[values.size()];
            for (int i = 0; i < truth.length; i++) {
                double greatest = Double.NEGATIVE_INFINITY;
                for (int v = 0; v < values.size(); v++) {
                    logs[v] = Math.log(prevalence[v]);
                    for (int[] rating : said.get(i)) {
                        logs[v] += Math.log(confusion[rating[0]][v][rating[1]]);
                    }
                    greatest = Math.max(greatest, logs[v]);
                }
                double sum = 0;
                for (double log : logs) {
                    sum += Math.exp(log - greatest);
                }
                logLikelihood += greatest + Math.log(sum);
                for (int v = 0; v < values.size(); v++) {
                    double now = Math.exp(logs[v] - greatest) / sum;
                    changed = Math.max(changed, Math.abs(now - truth[i][v]));
                    truth[i][v] = now;
                }
            }
            return changed;
        }

        private static void normalise(double[] row) {
            double sum = 0;
            for (double share : row) {
                sum += share;
            }
            if (sum > 0) {
                for (int v = 0; v < row.length; v++) {
                    row[v] /= sum;
                }
            }
        }
    }
}
