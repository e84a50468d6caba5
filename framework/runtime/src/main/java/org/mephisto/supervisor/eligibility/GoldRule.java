package org.mephisto.supervisor.eligibility;

import java.util.Map;
import java.util.OptionalInt;
import org.mephisto.spi.blueprint.SharedTaskState.WorkerNeedsGold;
import org.mephisto.spi.blueprint.SharedTaskState.WorkerQualifies;

/**
 * Now and then a worker gets a unit whose right answer is known.
 *
 * @param base what the names of the four qualifications begin with
 * @param most how many gold units there may be in all; empty for any number
 * @param minGolds how many a worker must get right first
 * @param maxIncorrectGolds how many a worker may get wrong
 */
public record GoldRule(
        String base,
        OptionalInt most,
        int minGolds,
        int maxIncorrectGolds,
        SpecialItems items,
        WorkerNeedsGold workerNeedsGold,
        WorkerQualifies workerQualifies) {
    public String correctGolds() {
        return base + "-correct-golds";
    }

    public String wrongGolds() {
        return base + "-wrong-golds";
    }

    /** What nobody may hold. */
    public String disqualified() {
        return base + "-disqualified";
    }

    /** Counts a worker's ordinary units. */
    public String completedCount() {
        return base + "-completed-count";
    }

    /**
     * How a worker has done so far.
     *
     * @param completed ordinary units
     */
    public record Score(int completed, int correct, int incorrect) {
        /** One more gold unit, right or wrong. */
        public Score with(boolean isCorrect) {
            return new Score(completed, correct + (isCorrect ? 1 : 0), incorrect + (isCorrect ? 0 : 1));
        }
    }

    public Score score(Map<String, Integer> granted) {
        return new Score(
                granted.getOrDefault(completedCount(), 0),
                granted.getOrDefault(correctGolds(), 0),
                granted.getOrDefault(wrongGolds(), 0));
    }

    /** Whether {@link #need} calls no code of the user's. */
    public boolean isFramework() {
        return workerNeedsGold == WorkerNeedsGold.DECAYING;
    }

    /** Whether the worker's next unit is a gold one. */
    public Standing.Gold need(Score score) {
        if (!workerNeedsGold.test(score.completed(), score.correct(), score.incorrect(), minGolds)) {
            return Standing.Gold.NONE;
        }
        return score.correct() < minGolds ? Standing.Gold.REQUIRED : Standing.Gold.WANTED;
    }

    /** Whether the worker may go on. */
    public boolean qualifies(Score score) {
        return workerQualifies.test(score.completed(), score.correct(), score.incorrect(), maxIncorrectGolds);
    }
}
