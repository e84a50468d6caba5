package org.mephisto.spi.blueprint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mephisto.spi.config.Option;
import org.mephisto.spi.config.Problem;
import org.mephisto.spi.config.TaskArgs;

/** The keys of a blueprint that screens workers by their first unit; taken in with {@link org.mephisto.spi.config.Mixin}. */
public record ScreeningArgs(
        @Option(help = "The qualification that workers get by passing the screening unit.")
        Optional<String> passedQualificationName,

        @Option(help = "How many screening units there may be in all; 0 when real units screen.", min = 0)
        Optional<Integer> maxScreeningUnits,

        @Option(help = "Whether a worker's first unit is a screening unit.", defaultValue = "false")
        boolean useScreeningTask) {

    /** What is wrong with these keys beside those of the task; empty where screening is not used. */
    public List<Problem> problems(TaskArgs task) {
        List<Problem> problems = new ArrayList<>();
        if (!useScreeningTask) {
            return problems;
        }
        if (passedQualificationName.isEmpty()) {
            problems.add(new Problem(
                    "mephisto.blueprint.passed_qualification_name",
                    "missing. With use_screening_task, name the qualification that workers get by passing."));
        }
        if (maxScreeningUnits.isEmpty()) {
            problems.add(new Problem(
                    "mephisto.blueprint.max_screening_units",
                    "missing. With use_screening_task, say how many screening units there may be."));
        }
        if (task.allowedConcurrent() != 1) {
            problems.add(new Problem(
                    "mephisto.task.allowed_concurrent",
                    "\"" + task.allowedConcurrent()
                            + "\" does not go with use_screening_task. Set it to 1: a worker must be judged before the next"
                            + " unit."));
        }
        return problems;
    }
}
