package org.mephisto.spi.blueprint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mephisto.spi.config.Option;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.config.TaskArgs;

/** The keys of a blueprint that checks workers by units with known answers; taken in with {@link org.mephisto.spi.config.Mixin}. */
public record GoldArgs(
        @Option(help = "What the names of the qualifications that count a worker's gold units begin with.")
        Optional<String> goldQualificationBase,

        @Option(help = "How many gold units there may be in all.", min = 0)
        Optional<Integer> maxGoldUnits,

        @Option(help = "Whether workers get gold units among the others.", defaultValue = "false")
        boolean useGolds,

        @Option(help = "Gold units that a worker must get right first.", defaultValue = "1", min = 0)
        int minGolds,

        @Option(help = "Gold units that a worker may get wrong and still go on.", defaultValue = "0", min = 0)
        int maxIncorrectGolds) {

    /** What is wrong with these keys beside those of the task and of screening; empty where gold units are not used. */
    public List<Problem> problems(TaskArgs task, ScreeningArgs screening) {
        List<Problem> problems = new ArrayList<>();
        if (!useGolds) {
            return problems;
        }
        if (goldQualificationBase.isEmpty()) {
            problems.add(new Problem(
                    "mephisto.blueprint.gold_qualification_base",
                    "missing. With use_golds, give the name that the counting qualifications begin with."));
        }
        if (screening.useScreeningTask()) {
            problems.add(new Problem(
                    "mephisto.blueprint.use_golds",
                    "\"true\" does not go with use_screening_task. Use either gold units or screening."));
        } else if (task.allowedConcurrent() != 1) {
            problems.add(
                    new Problem(
                            "mephisto.task.allowed_concurrent",
                            "\"" + task.allowedConcurrent()
                                    + "\" does not go with use_golds. Set it to 1: a worker's gold units are judged one by one."));
        }
        return problems;
    }
}
