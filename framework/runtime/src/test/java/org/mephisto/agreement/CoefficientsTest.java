package org.mephisto.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mephisto.agreement.Ratings.Rating;

final class CoefficientsTest {
    /** The values that Krippendorff (2011) comes to. */
    @ParameterizedTest
    @CsvSource({"NOMINAL, 0.743", "ORDINAL, 0.815", "INTERVAL, 0.849"})
    void alphaIsAsKrippendorffComputesIt(Level level, double published) {
        Coefficient alpha = Coefficients.krippendorffsAlpha(PublishedExamples.krippendorff2011(), level, List.of());

        assertThat(alpha.value().orElseThrow()).isCloseTo(published, within(0.0005));
        assertThat(alpha.basis()).isEqualTo("11 items");
    }

    /** A rating that no other stands beside says nothing, not even of the ranks. */
    @ParameterizedTest
    @CsvSource({"NOMINAL", "ORDINAL", "INTERVAL"})
    void itemsWithOneRatingChangeNothing(Level level) {
        List<Rating> more = new ArrayList<>(PublishedExamples.krippendorff2011().all());
        more.add(new Rating("alone", "A", "2"));
        more.add(new Rating("alone too", "B", "99"));

        Coefficient alpha = Coefficients.krippendorffsAlpha(new Ratings(more), level, List.of());

        assertThat(alpha)
                .isEqualTo(Coefficients.krippendorffsAlpha(PublishedExamples.krippendorff2011(), level, List.of()));
    }

    @Test
    void ranksMayBeNamed() {
        Ratings numbers = PublishedExamples.krippendorff2011();
        List<String> words = List.of("never", "seldom", "now and then", "often", "always");
        Ratings named = new Ratings(numbers.all().stream()
                .map(rating ->
                        new Rating(rating.item(), rating.worker(), words.get(Integer.parseInt(rating.value()) - 1)))
                .toList());

        Coefficient alpha = Coefficients.krippendorffsAlpha(named, Level.ORDINAL, words);

        assertThat(alpha).isEqualTo(Coefficients.krippendorffsAlpha(numbers, Level.ORDINAL, List.of()));
    }

    @Test
    void ranksGoByTheSizeOfNumbersHoweverTheyAreWritten() {
        Ratings plain = PublishedExamples.byWorker("A", "1 2 10 2", "B", "2 2 10 1");
        Ratings written = PublishedExamples.byWorker("A", "1 2.0 10 2", "B", "2 2 10.0 1.0");

        assertThat(Coefficients.krippendorffsAlpha(written, Level.ORDINAL, List.of()))
                .isEqualTo(Coefficients.krippendorffsAlpha(plain, Level.ORDINAL, List.of()));
        assertThat(Coefficients.krippendorffsAlpha(written, Level.INTERVAL, List.of()))
                .isEqualTo(Coefficients.krippendorffsAlpha(plain, Level.INTERVAL, List.of()));
    }

    @Test
    void manyRanksTakeNoLonger() {
        SplittableRandom random = new SplittableRandom(7);
        List<Rating> many = new ArrayList<>();
        for (int item = 0; item < 10_000; item++) {
            int truth = random.nextInt(1000);
            many.add(new Rating("" + item, "A", "" + truth));
            many.add(new Rating("" + item, "B", "" + (truth + random.nextInt(-50, 50))));
        }

        Coefficient alpha = assertTimeout(
                Duration.ofSeconds(30),
                () -> Coefficients.krippendorffsAlpha(new Ratings(many), Level.ORDINAL, List.of()));

        assertThat(alpha.value().orElseThrow()).isBetween(0.9, 1.0);
    }

    @Test
    void valuesThatDoNotFitTheLevelAreNamed() {
        Ratings words = PublishedExamples.byWorker("A", "low high", "B", "low 3");

        assertThatThrownBy(() -> Coefficients.krippendorffsAlpha(words, Level.INTERVAL, List.of()))
                .hasMessageContainingAll("interval", "number");
        assertThatThrownBy(() -> Coefficients.krippendorffsAlpha(words, Level.ORDINAL, List.of()))
                .hasMessageContaining("--order");
        assertThatThrownBy(() -> Coefficients.krippendorffsAlpha(words, Level.ORDINAL, List.of("low", "high")))
                .hasMessageContainingAll("\"3\"", "low, high");
    }

    /** Wikipedia's "Fleiss' kappa" gives 0.210, from 0.378 observed and 0.213 by chance. */
    @Test
    void fleissKappaIsAsInTheWorkedExample() {
        Coefficient kappa = Coefficients.fleissKappa(PublishedExamples.fleiss());
        Coefficient percent = Coefficients.percentAgreement(PublishedExamples.fleiss());

        assertThat(kappa.value().orElseThrow()).isCloseTo(0.210, within(0.0005));
        assertThat(kappa.basis()).isEqualTo("10 items with 14 ratings");
        assertThat(percent.value().orElseThrow()).isCloseTo(0.378, within(0.0005));
    }

    @Test
    void fleissKappaLeavesItemsOutThatHaveAnotherNumberOfRatings() {
        List<Rating> more = new ArrayList<>(PublishedExamples.fleiss().all());
        more.add(new Rating("eleventh", "rater 0", "1"));
        more.add(new Rating("eleventh", "rater 1", "2"));

        Coefficient kappa = Coefficients.fleissKappa(new Ratings(more));

        assertThat(kappa.value())
                .isEqualTo(Coefficients.fleissKappa(PublishedExamples.fleiss()).value());
        assertThat(kappa.basis()).isEqualTo("10 items with 14 ratings; 1 with another number left out");
    }

    /** Cohen (1960) gives 0.492, from 0.70 observed and 0.41 by chance. */
    @Test
    void cohensKappaIsAsCohenComputesIt() {
        Coefficient kappa = Coefficients.cohensKappa(PublishedExamples.cohen1960());
        Coefficient percent = Coefficients.percentAgreement(PublishedExamples.cohen1960());

        assertThat(kappa.value().orElseThrow()).isCloseTo(0.492, within(0.0005));
        assertThat(percent.value().orElseThrow()).isCloseTo(0.70, within(1e-9));
    }

    @Test
    void cohensKappaKnowsWorkersApartWhateverTheOrderOfTheirRatings() {
        List<Rating> turned =
                new ArrayList<>(PublishedExamples.cohen1960().all().reversed());

        Coefficient kappa = Coefficients.cohensKappa(new Ratings(turned));

        assertThat(kappa.value().orElseThrow()).isCloseTo(0.492, within(0.0005));
    }

    @Test
    void percentAgreementCountsPairsWithinItems() {
        Ratings ratings = PublishedExamples.byWorker("A", "x x x .", "B", "x y x x", "C", ". . y .");

        Coefficient percent = Coefficients.percentAgreement(ratings);

        // of the items' 2 + 2 + 3 ratings, 2 * 1 + 2 * 0 + 3 * 1/3 agree with another one of theirs
        assertThat(percent.value().orElseThrow()).isCloseTo(3.0 / 7, within(1e-9));
        assertThat(percent.basis()).isEqualTo("3 items");
    }

    @Test
    void whatCannotBeComputedSaysWhy() {
        Ratings none = new Ratings(List.of());
        Ratings alone = PublishedExamples.byWorker("A", "x y");
        Ratings same = PublishedExamples.byWorker("A", "x x", "B", "x x");

        assertThat(Coefficients.percentAgreement(none).basis()).contains("two ratings");
        assertThat(Coefficients.fleissKappa(alone).basis()).contains("two ratings");
        assertThat(Coefficients.cohensKappa(alone).basis()).contains("two workers", "1");
        assertThat(Coefficients.cohensKappa(PublishedExamples.fleiss()).basis()).contains("there are 14");
        assertThat(Coefficients.percentAgreement(same).value()).hasValue(1);
        assertThat(Coefficients.krippendorffsAlpha(same, Level.NOMINAL, List.of())
                        .basis())
                .contains("all ratings are the same");
        assertThat(Coefficients.fleissKappa(same).value()).isEmpty();
        assertThat(Coefficients.cohensKappa(same).value()).isEmpty();
    }
}
