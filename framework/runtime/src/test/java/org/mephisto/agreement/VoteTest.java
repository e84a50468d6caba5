package org.mephisto.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VoteTest {
    @Test
    void mostWinAndTiesNameAllWinners() {
        Ratings ratings = PublishedExamples.byWorker("A", "x y 10 z", "B", "x x 9 .", "C", "y . 10 .", "D", ". . 9 .");

        List<Vote> votes = Vote.all(ratings);

        assertThat(votes).extracting(Vote::item).containsExactly("1", "2", "3", "4");
        assertThat(votes)
                .extracting(Vote::winners)
                .containsExactly(List.of("x"), List.of("x", "y"), List.of("9", "10"), List.of("z"));
        assertThat(votes).extracting(Vote::isTied).containsExactly(false, true, true, false);
        assertThat(votes.getFirst().counts()).isEqualTo(Map.of("x", 2, "y", 1));
    }
}
