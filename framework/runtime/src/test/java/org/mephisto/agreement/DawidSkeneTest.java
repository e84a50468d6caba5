package org.mephisto.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mephisto.agreement.DawidSkene.Label;
import org.mephisto.agreement.Ratings.Rating;
import org.mephisto.spi.json.Json;

final class DawidSkeneTest {
    /** Dawid and Skene (1979) give the frequencies 0.40, 0.42, 0.11 and 0.07. */
    @Test
    void frequenciesAreThoseOfTheAuthors() {
        DawidSkene result = DawidSkene.of(PublishedExamples.dawidSkene1979());

        assertThat(result.converged()).isTrue();
        assertThat(result.prevalence().keySet()).containsExactly("1", "2", "3", "4");
        List<Double> published = List.of(0.40, 0.42, 0.11, 0.07);
        List<Double> found = List.copyOf(result.prevalence().values());
        for (int i = 0; i < published.size(); i++) {
            assertThat(found.get(i)).isCloseTo(published.get(i), within(0.006));
        }
    }

    @Test
    void errorRatesOfAWorkerAddUpAndTheAuthorsPatientsComeOut() {
        DawidSkene result = DawidSkene.of(PublishedExamples.dawidSkene1979());
        Map<String, String> labels = labels(result);

        result.workers()
                .values()
                .forEach(matrix -> matrix.values()
                        .forEach(row -> assertThat(row.values().stream()
                                        .mapToDouble(Double::doubleValue)
                                        .sum())
                                .isCloseTo(1, within(1e-9))));
        assertThat(Json.toNode(result.workers()).at("/1/1/1").asDouble()).isCloseTo(0.89, within(0.006));
        assertThat(labels).containsEntry("1", "1").containsEntry("11", "4").containsEntry("8", "3");
        assertThat(labels).containsEntry("45", "2").hasSize(45);
    }

    @Test
    void theLikelihoodGrowsFromIterationToIteration() {
        Ratings ratings = PublishedExamples.dawidSkene1979();
        List<Double> likelihoods = new ArrayList<>();

        for (int iterations = 1; iterations <= 20; iterations++) {
            likelihoods.add(DawidSkene.of(ratings, iterations).logLikelihood());
        }

        assertThat(likelihoods).isSortedAccordingTo((a, b) -> a <= b + 1e-9 ? -1 : 1);
        assertThat(DawidSkene.of(ratings, 3).converged()).isFalse();
        assertThat(DawidSkene.of(ratings, 3).iterations()).isEqualTo(3);
    }

    @Test
    void theOrderOfTheRatingsDoesNotMatter() {
        List<Rating> shuffled =
                new ArrayList<>(PublishedExamples.dawidSkene1979().all());
        Collections.shuffle(shuffled, new Random(5));

        DawidSkene result = DawidSkene.of(new Ratings(shuffled));

        assertThat(labels(result)).isEqualTo(labels(DawidSkene.of(PublishedExamples.dawidSkene1979())));
        assertThat(DawidSkene.of(new Ratings(shuffled))).isEqualTo(result);
    }

    /** Two careful workers against three who always say the same: the vote is lost, the model is not taken in. */
    @Test
    void workersWhoAlwaysSayTheSameDoNotOutweighThoseWhoLook() {
        List<Rating> ratings = new ArrayList<>();
        Random random = new Random(11);
        Map<String, String> truth = new HashMap<>();
        for (int item = 0; item < 200; item++) {
            String value = random.nextBoolean() ? "yes" : "no";
            truth.put("" + item, value);
            for (String careful : List.of("a", "b", "c")) {
                boolean slips = random.nextInt(20) == 0;
                ratings.add(new Rating("" + item, careful, slips ? (value.equals("yes") ? "no" : "yes") : value));
            }
            for (String careless : List.of("x", "y", "z")) {
                ratings.add(new Rating("" + item, careless, "yes"));
            }
        }
        Ratings all = new Ratings(ratings);

        Map<String, String> likely = labels(DawidSkene.of(all));
        Map<String, String> voted = new HashMap<>();
        Vote.all(all).forEach(vote -> voted.put(vote.item(), vote.winners().getFirst()));

        assertThat(right(likely, truth)).isGreaterThan(190);
        assertThat(right(voted, truth)).isLessThan(right(likely, truth));
    }

    @Test
    void nothingToLookAtIsNoFailure() {
        DawidSkene result = DawidSkene.of(new Ratings(List.of()));

        assertThat(result.items()).isEmpty();
        assertThat(result.converged()).isTrue();
    }

    @Test
    void manyRatingsOfAnItemDoNotVanish() {
        List<Rating> ratings = new ArrayList<>();
        for (int worker = 0; worker < 5_000; worker++) {
            ratings.add(new Rating("1", "w" + worker, worker % 3 == 0 ? "no" : "yes"));
            ratings.add(new Rating("2", "w" + worker, worker % 3 == 0 ? "yes" : "no"));
        }

        DawidSkene result = DawidSkene.of(new Ratings(ratings));

        assertThat(labels(result)).isEqualTo(Map.of("1", "yes", "2", "no"));
        assertThat(result.logLikelihood()).isFinite();
    }

    private static long right(Map<String, String> labels, Map<String, String> truth) {
        return truth.entrySet().stream()
                .filter(item -> item.getValue().equals(labels.get(item.getKey())))
                .count();
    }

    private static Map<String, String> labels(DawidSkene result) {
        Map<String, String> labels = new HashMap<>();
        for (Label label : result.items()) {
            labels.put(label.item(), label.value());
        }
        return labels;
    }
}
