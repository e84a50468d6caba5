package templatetask;

import java.util.ArrayList;
import java.util.List;
import org.mephisto.spi.config.Option;
import org.mephisto.spi.config.Problem;

/** The keys under {@code mephisto.blueprint}: {@code sentences}, {@code labels} and {@code units_per_assignment}. */
record TemplateTaskConfig(
        @Option(help = "What people read, one sentence at a time.") List<String> sentences,
        @Option(help = "What they choose from.") List<String> labels,
        @Option(help = "How many people label each sentence.", defaultValue = "1", min = 1, max = 100)
                int unitsPerAssignment) {

    /** What no type and no range can say. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (sentences.isEmpty()) {
            problems.add(new Problem("mephisto.blueprint.sentences", "is empty. Give at least one sentence."));
        }
        if (labels.size() < 2) {
            problems.add(new Problem("mephisto.blueprint.labels", labels + " leaves no choice. Give at least two."));
        }
        return problems;
    }
}
